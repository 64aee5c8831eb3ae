import type { Grade, Outcome } from '#lib/domain/review/grading.ts';
import { judgeEffect } from '#lib/domain/review/judge-effect.ts';
import { judgeAge } from '#lib/domain/review/judge-grade.ts';
import { type EpochMs, SECOND } from '#lib/domain/time.ts';
import type { AnkiConnectClient, Fault } from '#lib/review/anki-connect.ts';
import type { CurrentAnswer, Refusal, ReviewServer } from '#lib/review/review-server.ts';
import { readSettledLog } from './anki-look.ts';
import { isWithoutEffect, sentenceOf } from './anki-words.ts';
import {
  type Attempt,
  type GradingClock,
  type Proof,
  settledAs,
  type Unknown,
  type Writer,
  type Written,
} from './writer.ts';

/** It waits 4 s for Anki at each of two steps, and carries them out although nobody waits. Source: review reference §2. */
const UNDER_WAY_MS = 9 * SECOND;
const LOOK_MS = 2_000;
/** Anki moves on a moment after it has said yes. */
const LOOKS = 8;
const BETWEEN_LOOKS_MS = 250;

type Deps = { readonly server: ReviewServer; readonly anki: AnkiConnectClient; readonly clock: GradingClock };

/**
 * Has grades counted by the review server, which grades whatever Anki shows: so the card is looked at before, and again
 * after. It has no log; where AnkiConnect can be reached by then, Anki's own proves what became of an unknown grade.
 */
export function createReviewServerWriter(deps: Deps): Writer {
  /** Since when it answers again after an unknown effect: what it still had to do is done soon after. */
  const answeringSince = new Map<string, EpochMs>();
  return {
    kind: 'review-server',
    // A guard can be held against a log only.
    takes: ({ guard }) => guard === null,
    write: (attempt) => write(deps, attempt),
    async prove(unknown) {
      const proof = await prove(deps, unknown, answeringSince);
      if (proof.proved !== 'not-yet') answeringSince.delete(unknown.grade.gradeId);
      return proof;
    },
  };
}

async function write({ server, clock }: Deps, { grade, intend }: Attempt): Promise<Written> {
  const now = clock.now();
  const tooLate = judgeAge(grade, { now, dayBeganAt: clock.dayBegan(now) });
  if (tooLate !== null) return settledAs(tooLate);
  const before = await server.current(LOOK_MS);
  if (before.outcome === 'nothing') return { came: 'nothing', asked: true, detail: 'Anki shows no card.' };
  if (before.outcome !== 'card') return { came: 'nothing', asked: false, detail: wordsOf(before) };
  if (before.card.cardId !== grade.cardId) return settledAs({ status: 'conflict', why: 'another-card' });
  await intend({ at: clock.now(), gateway: 'review-server', before: null });
  const said = await server.submitGrade({ cardId: grade.cardId, ease: grade.ease });
  switch (said.outcome) {
    case 'graded':
      return seeItMoveOn({ server, clock }, grade);
    case 'not-graded':
      return settledAs({
        status: 'failed',
        detail: 'Anki did not take the answer: it shows no card, or not its back.',
      });
    case 'error':
      return said.effect === 'none' ? settledAs({ status: 'failed', detail: wordsOf(said) }) : unknown(said);
    default:
      return isWithoutEffect(said) ? { came: 'nothing', asked: false, detail: wordsOf(said) } : unknown(said);
  }
}

/** It said yes, which it says before Anki has done it. */
async function seeItMoveOn({ server, clock }: Pick<Deps, 'server' | 'clock'>, { cardId }: Grade): Promise<Written> {
  for (let look = 1; ; look += 1) {
    const after = await server.current(LOOK_MS);
    const nextCardId = after.outcome === 'card' ? after.card.cardId : null;
    if (after.outcome === 'nothing' || (nextCardId !== null && nextCardId !== cardId))
      return { came: 'outcome', outcome: { status: 'applied', revlogId: null }, reviewedToday: null, nextCardId };
    if (after.outcome !== 'card') return unknown(after);
    if (look === LOOKS) return settledAs(UNMOVED);
    await clock.sleep(BETWEEN_LOOKS_MS);
  }
}

const UNMOVED: Outcome = {
  status: 'unproven',
  detail: 'Anki shows the same card as before, which may be the old one or the same one again.',
};
const NOT_SHOWN: Outcome = {
  status: 'unproven',
  detail: 'The review server broke off, and Anki shows no card by which to tell whether it counted.',
};

async function prove(
  { server, anki, clock }: Deps,
  { grade, intent, patienceMs }: Unknown,
  answeringSince: Map<string, EpochMs>,
): Promise<Proof> {
  const current = await server.current(LOOK_MS);
  const isGone = current.outcome === 'refused';
  if (!isGone) {
    if (current.outcome !== 'card' && current.outcome !== 'nothing' && current.outcome !== 'error')
      return { proved: 'not-yet', detail: wordsOf(current) };
    const since = answeringSince.get(grade.gradeId) ?? clock.now();
    answeringSince.set(grade.gradeId, since);
    if (clock.now() - since < UNDER_WAY_MS) return { proved: 'not-yet', detail: 'It may still be counted.' };
  }
  const log = await readSettledLog(anki, { cardId: grade.cardId, patienceMs });
  if (log !== null) return { proved: judgeEffect(grade, intent, log) };
  if (current.outcome === 'nothing') return { proved: NOT_SHOWN };
  if (current.outcome !== 'card') return { proved: 'not-yet', detail: wordsOf(current) };
  return { proved: current.card.cardId === grade.cardId ? UNMOVED : { status: 'applied', revlogId: null } };
}

const wordsOf = (said: Refusal | Fault): string =>
  said.outcome === 'error' ? `The review server says: ${said.message}` : sentenceOf(said, 'The review server');

const unknown = (said: Refusal | Fault | CurrentAnswer): Written => ({
  came: 'unknown',
  detail: said.outcome === 'card' || said.outcome === 'nothing' ? 'It may still be counted.' : wordsOf(said),
});
