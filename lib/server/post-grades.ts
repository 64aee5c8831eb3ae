import { type GradesReply, gradesRequestSchema, undoRequestSchema } from '#lib/contract/review.ts';
import { byOurClock } from '#lib/domain/review/phone-clock.ts';
import { mayAct } from './owner.ts';
import { body, failure, json } from './respond.ts';
import type { Services } from './services.ts';

/** Twenty grades with the longest names that are taken. */
const GRADES = {
  schema: gradesRequestSchema,
  limitBytes: 131_072,
  expected: 'JSON with a deck and 1 to 20 grades as the phone makes them',
};
const UNDO = { schema: undoRequestSchema, limitBytes: 1_000, expected: 'JSON with the gradeId of a grade' };

/**
 * Has grades counted, each once, and answers each; 403 for whom they are not taken from, 503 where they cannot be kept. A grade
 * that was sent before is answered as it was then.
 */
export async function postGrades(services: Services, request: Request): Promise<Response> {
  const now = Date.now();
  const refused = await refusalOf(services, request);
  if (refused !== null) return refused;
  const { deck, grades, sentAt = now } = await body(request, GRADES);
  const served = await services.grades.submit(byOurClock(grades, { sentAt, now }), deck);
  if ('problem' in served) return unkept(served.problem);
  const { answers, next } = served.value;
  const reply: GradesReply = { answers: [...answers], next, counts: null, mediaBase: services.mediaTokens.base() };
  return json(reply);
}

/** Takes back a grade that was counted; 404 for one that nobody knows, 409 with the reason where it stays, 503 while not known. */
export async function postUndo(services: Services, request: Request): Promise<Response> {
  const refused = await refusalOf(services, request);
  if (refused !== null) return refused;
  const { gradeId } = await body(request, UNDO);
  const served = await services.grades.undo(gradeId);
  if ('problem' in served) return unkept(served.problem);
  const undone = served.value;
  if (undone.answer === null) return failure(404, 'no-such-grade', 'Lifeline knows no such grade.');
  if (!undone.undone && undone.isFinal) return failure(409, 'not-undone', undone.detail);
  if (!undone.undone) return failure(503, 'undo-unknown', undone.detail);
  return json({ gradeId, answer: undone.answer, card: undone.card });
}

async function refusalOf({ callerOf }: Services, { headers }: Request): Promise<Response | null> {
  const leave = mayAct(await callerOf(headers), 'grade');
  return leave.allowed ? null : failure(403, 'not-owner', leave.detail);
}

const unkept = (problem: string): Response =>
  failure(503, 'ledger', `Lifeline cannot write grades down, so it takes none. ${problem}`);
