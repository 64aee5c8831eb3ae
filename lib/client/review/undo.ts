import { RequestFailure, readReply } from '#lib/client/request.ts';
import { undoReplySchema } from '#lib/contract/review.ts';
import { entryIn } from '#lib/domain/review/outbox.ts';
import { undoableIn } from '#lib/domain/review/session.ts';
import { SECOND } from '#lib/domain/time.ts';
import type { ActionNeeds } from './actions.ts';
import { GRADES_TIMEOUT_MS, post } from './send-grades.ts';

const UNKEPT = 'This phone refuses to keep that it was taken back: opened anew, this page would send it.';
const NO_ANSWER = 'No answer came from the Mac, so it is not known whether it was taken back.';
/** Of an undo: no such grade, or one that stays counted. */
const STAYS = [404, 409];
/** When to ask what came of an undo of which nobody knew. */
const ASK_AGAIN_MS = [2 * SECOND, 5 * SECOND, 10 * SECOND, 30 * SECOND, 60 * SECOND] as const;

/** Takes back the newest press: here while it is held, else by the Mac. Never rejects. */
export async function undo(needs: ActionNeeds): Promise<void> {
  const { core, phone } = needs;
  const undoable = undoableIn(core.state);
  const gradeId = core.state.presses.at(-1)?.gradeId;
  if (undoable === null || gradeId === undefined) return;
  if (!undoable.isHeld) return undoCounted(needs, gradeId);
  const isKept = await core.dispatch({ type: 'taken-back', at: phone.wall() });
  if (!isKept) await core.dispatch({ type: 'noticed', notice: UNKEPT });
}

async function undoCounted(needs: ActionNeeds, gradeId: string): Promise<void> {
  const { core, phone, feed } = needs;
  void core.dispatch({ type: 'undoing' });
  let stays = false;
  try {
    const reply = await phone.ask('/api/review/undo', GRADES_TIMEOUT_MS, post({ gradeId }));
    stays = STAYS.includes(reply.status);
    const { answer, card } = readReply(reply, undoReplySchema);
    await core.dispatch({ type: 'undone', gradeId, answer, card, at: phone.wall() });
    await feed.ask();
  } catch (failure) {
    if (!(failure instanceof RequestFailure)) throw failure;
    const isRefused = failure.kind === 'refused';
    const why = isRefused ? failure.message : NO_ANSWER;
    await core.dispatch({ type: 'not-undone', gradeId, why, isFinal: isRefused && stays });
    if (!isRefused || !stays) askAgain(needs, gradeId);
  }
}

/** It may have been taken back, or still will be. To send a grade that Lifeline knows counts nothing, and tells what became of it. */
function askAgain(needs: ActionNeeds, gradeId: string, [ms, ...later]: readonly number[] = ASK_AGAIN_MS): void {
  const { core, phone, flusher, feed } = needs;
  if (ms === undefined) return;
  const isCounted = () => entryIn(core.state.outbox, gradeId)?.answer?.status === 'applied';
  phone.later(ms, async () => {
    const grade = entryIn(core.state.outbox, gradeId)?.grade;
    if (grade === undefined || !isCounted()) return;
    await flusher.check(grade);
    if (isCounted()) askAgain(needs, gradeId, later);
    else await feed.ask();
  });
}
