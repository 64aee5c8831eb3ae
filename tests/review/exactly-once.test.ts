import { expect, test } from 'vitest';
import type { Outcome } from '#lib/domain/review/grading.ts';
import type { Ledger } from '#lib/domain/review/ledger.ts';
import { answerCards } from '#lib/review/card-actions.ts';
import { createGrader } from '#lib/review/grading/grader.ts';
import { createReviewServer } from '#lib/review/review-server.ts';
import { openLedger } from '#lib/store/open-ledger.ts';
import { dayStart } from '#tests/support/anki-day.ts';
import { fc, SEED } from '#tests/support/fast-check.ts';
import { doublesIn, holdToAccount } from './grading/account.ts';
import { countIn, type Tally } from './grading/mac.ts';
import { inHandsOf } from './grading/mortal.ts';
import { type Step, steps } from './grading/steps.ts';
import { type Boot, createWorld, type World } from './grading/world.ts';

/** The product's own grader on this ledger, each of whose waits is a step before which it may be killed. */
const graderOn =
  (ledger: Ledger): Boot =>
  ({ life, disk, anki, clock, onSettle }) =>
    createGrader({
      ledger: inHandsOf(life, noting(ledger, onSettle), disk),
      anki: inHandsOf(life, anki),
      server: createReviewServer(async () => ({ url: 'http://127.0.0.1:9' })),
      describe: async () => null,
      clock: { now: clock.now, dayBegan: dayStart, sleep: async (ms) => clock.advance(ms) },
    });

const noting = (ledger: Ledger, onSettle: (gradeId: string) => void): Ledger => ({
  ...ledger,
  settle(gradeId, end) {
    onSettle(gradeId);
    return ledger.settle(gradeId, end);
  },
});

/** What one would write first: answer, and where no answer comes try again; the phone sends again what it has no reply to. */
const naive: Boot = ({ life, anki }) => {
  const { call } = inHandsOf(life, anki);
  const count = async (cardId: number, ease: 1 | 2 | 3 | 4): Promise<Outcome> => {
    for (let attempt = 1; attempt <= 3; attempt += 1) {
      const said = await call(answerCards([{ cardId, ease }]));
      if (said.outcome === 'answered') return { status: 'applied', revlogId: null };
    }
    return { status: 'failed', detail: 'It was tried three times.' };
  };
  return {
    async submit(grades) {
      const answers = [];
      for (const { gradeId, cardId, ease } of grades) answers.push({ gradeId, answer: await count(cardId, ease) });
      return { answers, next: null };
    },
  };
};

/** Lives through the steps until all is settled, and counts what came of it. */
async function live(boot: Boot, tally: Tally, given: readonly Step[]): Promise<World> {
  const world = createWorld(boot, tally);
  for (const step of given) await world.take(step);
  await world.settle();
  countIn(tally, 'GRADES PRESSED', world.pressed());
  countIn(tally, 'GRADES SENT', world.sent.size);
  countIn(tally, 'GRADES COUNTED TWICE', doublesIn(world));
  return world;
}

async function liveByProtocol(tally: Tally, given: readonly Step[]): Promise<void> {
  const ledger = await openLedger(':memory:');
  try {
    const world = await live(graderOn(ledger), tally, given);
    await holdToAccount(world, ledger, tally);
    expect(doublesIn(world)).toBe(0);
  } finally {
    await ledger.close();
  }
}

const tableOf = (title: string, tally: Tally): string => {
  const rows = Object.entries(tally).toSorted();
  return [title, ...rows.map(([what, times]) => `${String(times).padStart(8)}  ${what}`)].join('\n');
};

const RUNS = 20;
/** Of each round's first runs naive retry gets the same steps: it needs no more to be seen to fail. */
const NAIVE_RUNS = 5;

test('of ten thousand grades none is lost and none counted twice, whatever fails, where naive retry doubles hundreds', {
  timeout: 600_000,
}, async () => {
  const byProtocol: Tally = {};
  const byNaiveRetry: Tally = {};
  const startedAt = performance.now();
  for (let round = 0; (byProtocol['GRADES PRESSED'] ?? 0) < 10_000; round += 1) {
    // Each round has a seed of its own.
    const seed = SEED + round;
    await fc.assert(
      fc.asyncProperty(steps, (given) => liveByProtocol(byProtocol, given)),
      { seed, numRuns: RUNS },
    );
    await fc.assert(
      fc.asyncProperty(steps, async (given) => void (await live(naive, byNaiveRetry, given))),
      { seed, numRuns: NAIVE_RUNS },
    );
  }
  const took = `SEED=${SEED}, ${Math.round((performance.now() - startedAt) / 1_000)} s`;
  console.info([took, tableOf('by the protocol', byProtocol), tableOf('by naive retry', byNaiveRetry)].join('\n'));
  expect(byProtocol['GRADES COUNTED TWICE']).toBe(0);
  // Each refusal has its cause; that many have one would be a model of another world.
  expect(byProtocol['applied']).toBeGreaterThan(0.7 * (byProtocol['GRADES SENT'] ?? 0));
  for (const hard of [
    'conflict: twice',
    'conflict: other-ease',
    'undone',
    'gone',
    'blocked: suspended',
    'stale: learning',
  ])
    expect(byProtocol[hard], hard).toBeGreaterThan(0);
  expect(byNaiveRetry['GRADES COUNTED TWICE']).toBeGreaterThan(100);
});
