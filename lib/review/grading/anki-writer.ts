import type { Grade, Outcome } from '#lib/domain/review/grading.ts';
import { judgeEffect } from '#lib/domain/review/judge-effect.ts';
import { judgeGrade } from '#lib/domain/review/judge-grade.ts';
import type { Intent } from '#lib/domain/review/ledger.ts';
import { REVIEWED_TODAY } from '#lib/review/anki-actions.ts';
import type { AnkiConnectClient, Called, CallLimits, Reply } from '#lib/review/anki-connect.ts';
import { answerCards, getReviewsOfCards } from '#lib/review/card-actions.ts';
import { GUI_CURRENT_CARD, guiDeckReview } from '#lib/review/gui-actions.ts';
import {
  ANOTHER_PROFILE,
  deckToRefresh,
  isAnother,
  lookAtCard,
  readSettledLog,
  reviewsIn,
  whyNot,
  within,
} from './anki-look.ts';
import { isWithoutEffect } from './anki-words.ts';
import { type Attempt, type GradingClock, settledAs, type Writer, type Written } from './writer.ts';

/** An error drops the queue that was in the way, so a second call does; a third allows for a Mac that is being used. */
const CALLS = 3;

/**
 * Has grades counted by card, through AnkiConnect: a look at the card, the intent, and one `multi` that answers it between two
 * looks at its log, between which Anki does nothing else. Protocol: review reference §3.3 and §3.4.
 */
export function createAnkiWriter(anki: AnkiConnectClient, clock: GradingClock): Writer {
  return {
    kind: 'anki-connect',
    takes: () => true,
    async write(attempt) {
      for (let call = 1; ; call += 1) {
        const written = await writeOnce(anki, clock, attempt);
        if (written !== 'not-at-top') return written;
        if (call === CALLS) return { came: 'nothing', asked: true, detail: 'Anki is showing other cards just now.' };
      }
    },
    async prove({ grade, intent, patienceMs }) {
      const log = await readSettledLog(anki, { cardId: grade.cardId, patienceMs, profile: intent.profile });
      if (typeof log === 'string') return { proved: 'not-yet', detail: log };
      return { proved: judgeEffect(grade, intent, log) };
    },
  };
}

async function writeOnce(
  anki: AnkiConnectClient,
  clock: GradingClock,
  { grade, deck, patienceMs, lastProfile, intend }: Attempt,
): Promise<Written | 'not-at-top'> {
  const look = await lookAtCard(anki, { cardId: grade.cardId, patienceMs });
  if (typeof look === 'string') return { came: 'nothing', asked: false, detail: look };
  const now = clock.now();
  const against = judgeGrade(grade, look.card, { now, dayBeganAt: clock.dayBegan(now) });
  if (against !== null) {
    // What another profile's collection has or has not says nothing of this card.
    const isElsewhere = against.status !== 'stale' && isAnother(look.profile, await lastProfile());
    return isElsewhere ? { came: 'nothing', asked: true, detail: ANOTHER_PROFILE } : settledAs(against);
  }
  const { profile } = look;
  const intent: Intent = { at: now, gateway: 'anki-connect', before: look.card?.reviews ?? [], profile };
  await intend(intent);
  const shown = look.shownIn === null ? null : deckToRefresh(deck, look.shownIn);
  const limits = within(patienceMs);
  const said = await (shown === null
    ? answer(anki, grade, limits)
    : answerAndRefresh(anki, grade, { deck: shown, limits }));
  if (said.outcome === 'answered') return judge(grade, intent, said.value);
  const sure = said.outcome !== 'api-error' && said.outcome !== 'bad-shape' && isWithoutEffect(said);
  return sure ? { came: 'nothing', asked: false, detail: whyNot(said) } : unknown(whyNot(said));
}

const unknown = (detail: string): Written => ({ came: 'unknown', detail });

type Log = Reply<Record<string, { id: number; ease: number }[]>>;
/** What came back of the one `multi`. */
type Counted = {
  readonly before: Log;
  readonly answered: Reply<boolean[]>;
  readonly after: Log;
  readonly today: Reply<number>;
  readonly nextCardId: number | null;
};

const counting = ({ cardId, ease }: Grade) =>
  [getReviewsOfCards([cardId]), answerCards([{ cardId, ease }]), getReviewsOfCards([cardId]), REVIEWED_TODAY] as const;

async function answer(anki: AnkiConnectClient, grade: Grade, limits: CallLimits): Promise<Called<Counted>> {
  const said = await anki.callAll(counting(grade), limits);
  if (said.outcome !== 'answered') return said;
  const [before, answered, after, today] = said.value;
  return { ...said, value: { before, answered, after, today, nextCardId: null } };
}

type Refresh = { readonly deck: string; readonly limits: CallLimits };

/** The reviewer would go on showing the card that has just been answered, and stumble over it at the next key. */
async function answerAndRefresh(
  anki: AnkiConnectClient,
  grade: Grade,
  { deck, limits }: Refresh,
): Promise<Called<Counted>> {
  const said = await anki.callAll([...counting(grade), guiDeckReview(deck), GUI_CURRENT_CARD], limits);
  if (said.outcome !== 'answered') return said;
  const [before, answered, after, today, , current] = said.value;
  const nextCardId = current.outcome === 'answered' ? current.value.cardId : null;
  return { ...said, value: { before, answered, after, today, nextCardId } };
}

function judge(grade: Grade, intent: Intent, counted: Counted): Written | 'not-at-top' {
  const before = reviewsIn(counted.before, grade.cardId);
  const after = reviewsIn(counted.after, grade.cardId);
  if (before === null || after === null) return unknown('Anki did not tell its log.');
  // A row since the look is somebody else's: alone it does not count as ours, and beside ours it is one too many.
  const isCounted = judgeEffect(grade, { ...intent, before }, after) !== null;
  const outcome = isCounted ? judgeEffect(grade, intent, after) : judgeReply(counted.answered);
  if (outcome === null) return 'not-at-top';
  const reviewedToday = counted.today.outcome === 'answered' ? counted.today.value : null;
  return { came: 'outcome', outcome, reviewedToday, nextCardId: counted.nextCardId };
}

/** Of an answer that left no row in the log. Null: another card was at the top of the queue, and a next try may do. */
function judgeReply(answered: Reply<boolean[]>): Outcome | null {
  const isTaken = answered.outcome === 'answered' ? answered.value[0] : undefined;
  if (isTaken === false) return { status: 'gone' };
  // A filtered deck that only previews takes the answer and logs nothing.
  if (isTaken === true) return { status: 'applied', revlogId: null };
  if (answered.outcome !== 'api-error') return { status: 'unproven', detail: whyNot(answered) };
  return answered.message.includes('not at top of queue') ? null : { status: 'failed', detail: whyNot(answered) };
}
