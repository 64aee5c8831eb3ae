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

/** It waits 4 s for Anki, and carries out what it was asked although nobody waits. Source: review reference §2. */
const UNDER_WAY_MS = 5 * SECOND;
const LOOK_MS = 2_000;
/** Anki moves on a moment after it has said yes. */
const LOOKS = 8;
const BETWEEN_LOOKS_MS = 250;

type Deps = { readonly server: ReviewServer; readonly anki: AnkiConnectClient; readonly clock: GradingClock };

/**
 * Has grades counted by the review server, which grades whatever Anki shows. So the card is turned, and looked at before it
 * is answered: Anki answers no card whose back it does not show, so one that somebody has gone on to is not graded. It is
 * looked at again after. It has no log; where AnkiConnect can be reached by then, Anki's own proves an unknown grade, and
 * nothing else does.
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
  const against = await holdAgainstScreen(server, grade);
  if (against !== null) return against;
  const turned = await server.showAnswer();
  if (turned.outcome === 'not-done') return NO_CARD;
  if (turned.outcome !== 'done') return { came: 'nothing', asked: false, detail: wordsOf(turned) };
  const movedOn = await holdAgainstScreen(server, grade);
  if (movedOn !== null) return movedOn;
  await intend({ at: clock.now(), gateway: 'review-server', before: null, profile: null });
  const said = await server.answer(grade.ease);
  switch (said.outcome) {
    case 'done':
      return seeItMoveOn({ server, clock }, grade);
    case 'not-done':
      return { came: 'nothing', asked: true, detail: 'Somebody went on to another card at the Mac.' };
    case 'error':
      return said.effect === 'none' ? { came: 'nothing', asked: true, detail: wordsOf(said) } : unknown(said);
    default:
      return isWithoutEffect(said) ? { came: 'nothing', asked: false, detail: wordsOf(said) } : unknown(said);
  }
}

const NO_CARD: Written = { came: 'nothing', asked: true, detail: 'Anki shows no card.' };

/** Null where Anki shows the card of the grade. */
async function holdAgainstScreen(server: ReviewServer, { cardId }: Grade): Promise<Written | null> {
  const shown = await server.current(LOOK_MS);
  if (shown.outcome === 'nothing') return NO_CARD;
  if (shown.outcome !== 'card') return { came: 'nothing', asked: false, detail: wordsOf(shown) };
  return shown.card.cardId === cardId ? null : settledAs({ status: 'conflict', why: 'another-card' });
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
/** It never said yes, and whoever is at the Mac may have gone on without it. */
const MOVED: Outcome = {
  status: 'unproven',
  detail:
    'The review server broke off. Anki shows another card since, which may be by this answer or by somebody at the Mac.',
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
  const log = await readSettledLog(anki, { cardId: grade.cardId, patienceMs, profile: intent.profile });
  if (typeof log !== 'string') return { proved: judgeEffect(grade, intent, log) };
  if (current.outcome === 'nothing') return { proved: NOT_SHOWN };
  if (current.outcome !== 'card') return { proved: 'not-yet', detail: wordsOf(current) };
  return { proved: current.card.cardId === grade.cardId ? UNMOVED : MOVED };
}

const wordsOf = (said: Refusal | Fault): string =>
  said.outcome === 'error' ? `The review server says: ${said.message}` : sentenceOf(said, 'The review server');

const unknown = (said: Refusal | Fault | CurrentAnswer): Written => ({
  came: 'unknown',
  detail: said.outcome === 'card' || said.outcome === 'nothing' ? 'It may still be counted.' : wordsOf(said),
});
