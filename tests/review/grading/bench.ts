import { onTestFinished } from 'vitest';
import type { ReviewCard } from '#lib/domain/review/card.ts';
import type { Grade } from '#lib/domain/review/grading.ts';
import type { Ledger } from '#lib/domain/review/ledger.ts';
import { createGrader, type Grader } from '#lib/review/grading/grader.ts';
import { createReviewServer } from '#lib/review/review-server.ts';
import { openLedger } from '#lib/store/open-ledger.ts';
import { dayStart } from '#tests/support/anki-day.ts';
import { type AnkiInProcess, ankiInProcess, type VirtualClock, virtualClock } from '#tests/support/anki-in-process.ts';
import { plainCollection } from '#tests/support/anki-samples.ts';
import type { AnkiState } from '#tests/support/ankiconnect-answers.ts';
import { madeGrade } from '#tests/support/made-grade.ts';

export type Bench = {
  readonly anki: AnkiInProcess;
  readonly clock: VirtualClock;
  readonly ledger: Ledger;
  readonly grader: Grader;
  /** The id of the n-th card. */
  readonly card: (place: number) => number;
  /** "Good" to the card as it is now, with what is told otherwise. */
  readonly pressed: (nth: number, cardId: number, told?: Partial<Grade>) => Grade;
  /** How many rows the log has beyond those of the start. */
  readonly added: () => number;
};

/** The product's grader with a ledger in memory, and twelve cards due in an Anki on a clock of its own. */
export async function createBench(state: AnkiState = 'no-reviewer'): Promise<Bench> {
  const clock = virtualClock();
  const collection = plainCollection({ cards: 12, now: clock.now });
  const anki = ankiInProcess({ clock, collection, state });
  const ledger = await openLedger(':memory:');
  onTestFinished(() => ledger.close());
  const grader = createGrader({
    ledger,
    anki: anki.client,
    server: createReviewServer(async () => ({ url: 'http://127.0.0.1:9' })),
    describe: async (cardId) => ({ ...BLANK, cardId }),
    clock: { now: clock.now, dayBegan: dayStart, sleep: async (ms) => clock.advance(ms) },
  });
  const ids = [...collection.cards.keys()];
  const rowsAtStart = collection.revlog.rows.length;
  return {
    anki,
    clock,
    ledger,
    grader,
    card: (place) => ids[place] ?? 0,
    pressed(nth, cardId, told = {}) {
      const log = collection.revlog.of(cardId);
      const guard = { revlogCount: log.length, revlogMax: log.at(-1)?.id ?? null, reps: 1, mod: 0 };
      return madeGrade(nth, { cardId, guard, deck: 'Plain', answeredAt: clock.now(), ...told });
    },
    added: () => collection.revlog.rows.length - rowsAtStart,
  };
}

const BLANK: ReviewCard = {
  cardId: 0,
  noteId: null,
  deck: null,
  noteType: 'Basic',
  ordinal: 0,
  question: '',
  answer: '',
  buttons: [],
  queue: null,
  dueAt: null,
  tags: [],
  guard: null,
  sounds: null,
  looseSounds: [],
  typed: [],
  media: [],
  languages: { front: null, back: null },
};
