import type { ReviewCard } from '#lib/domain/review/card.ts';
import type { Answered, Grade } from '#lib/domain/review/grading.ts';
import type { Ledger } from '#lib/domain/review/ledger.ts';
import type { DurationMs } from '#lib/domain/time.ts';
import type { AnkiConnectClient } from '#lib/review/anki-connect.ts';
import type { ReviewServer } from '#lib/review/review-server.ts';
import { createAnkiWriter } from './anki-writer.ts';
import { carryOut } from './carry-out.ts';
import { GRADING_CLOCK } from './grading-clock.ts';
import { createReviewServerWriter } from './review-server-writer.ts';
import { endUndos, type Undo, undoGrade } from './undo-grade.ts';
import type { GradingClock } from './writer.ts';

/** An answer for each grade, in the order they were given. `next`: the card Anki itself shows now; null where it does not tell. */
export type Submitted = {
  readonly answers: readonly { readonly gradeId: string; readonly answer: Answered }[];
  readonly next: ReviewCard | null;
};

/** `undone: false`: a sentence says why not, `isFinal` whether for good. `card`: the card whose answer was taken back. */
export type Undone = { readonly answer: Answered | null; readonly card: ReviewCard | null } & (
  | { readonly undone: true }
  | { readonly undone: false; readonly isFinal: boolean; readonly detail: string }
);

/**
 * Has each grade counted in Anki once, and says what became of it, for ever the same. One thing at a time: what is open of before
 * goes first, in the order it came. All methods reject with the ledger's StorageError and nothing else; what it could not keep
 * was not counted, or stays open until it is known.
 */
export type Grader = {
  readonly submit: (grades: readonly Grade[], deck: string | null) => Promise<Submitted>;
  /** `answer` is null for a grade that nobody knows. */
  readonly undo: (gradeId: string) => Promise<Undone>;
  /** Carries out what is open and proves what is unknown; resolves to how many grades stay open. To be called at start. */
  readonly reconcile: () => Promise<number>;
};

export type GraderParts = {
  readonly ledger: Ledger;
  readonly anki: AnkiConnectClient;
  readonly server: ReviewServer;
  /** Makes a whole card of an id; null where it cannot. Never rejects. */
  readonly describe: (cardId: number) => Promise<ReviewCard | null>;
  readonly clock?: GradingClock;
};

/** The phone waits 10 s for its answer, which may take several calls. */
const WHILE_WAITED_FOR_MS: DurationMs = 2_500;
/** Where macOS slows Anki down, a call takes seconds, but it comes. Source: review reference §1.1. */
const LATER_MS: DurationMs = 6_000;

/** Make one for the whole process: only what one grader does waits for each other. */
export function createGrader({ ledger, anki, server, describe, clock = GRADING_CLOCK }: GraderParts): Grader {
  const writers = [createAnkiWriter(anki, clock), createReviewServerWriter({ server, anki, clock })];
  const bench = { ledger, writers, clock, anki, patienceMs: WHILE_WAITED_FOR_MS };
  const patientBench = { ...bench, patienceMs: LATER_MS };
  const inTurn = createTurns();
  const cardOf = async (cardId: number | null) => (cardId === null ? null : describe(cardId));

  const handIn = async (grades: readonly Grade[], deck: string | null) => {
    for (const grade of grades) await ledger.receive(grade, clock.now());
    const { details, nextCardId } = await carryOut(bench, deck);
    await endUndos(bench);
    const answers: Submitted['answers'][number][] = [];
    for (const { gradeId } of grades) {
      const outcome = (await ledger.find(gradeId))?.outcome ?? null;
      const detail = details.get(gradeId) ?? 'It waits for its turn.';
      answers.push({ gradeId, answer: outcome ?? { status: 'pending', detail } });
    }
    return { answers, nextCardId };
  };

  return {
    async submit(grades, deck) {
      const { answers, nextCardId } = await inTurn(() => handIn(grades, deck));
      return { answers, next: await cardOf(nextCardId) };
    },
    async undo(gradeId) {
      const undo = await inTurn(() => undoGrade(bench, gradeId));
      return undoneOf(undo, await cardOf(undo.cardId));
    },
    reconcile: () =>
      inTurn(async () => {
        await carryOut(patientBench, null);
        await endUndos(patientBench);
        return (await ledger.open()).length + (await ledger.undoing()).length;
      }),
  };
}

const undoneOf = ({ answer, refused, isFinal }: Undo, card: ReviewCard | null): Undone =>
  refused === null ? { answer, card, undone: true } : { answer, card, undone: false, isFinal, detail: refused };

/** One after the other, whatever became of the one before. */
function createTurns(): <Result>(job: () => Promise<Result>) => Promise<Result> {
  let last: Promise<unknown> = Promise.resolve();
  return (job) => {
    const mine = last.then(job, job);
    last = mine;
    return mine;
  };
}
