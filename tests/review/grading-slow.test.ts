import { expect, onTestFinished, test } from 'vitest';
import { createAnkiConnect } from '#lib/review/anki-connect.ts';
import { createGrader } from '#lib/review/grading/grader.ts';
import { createReviewServer } from '#lib/review/review-server.ts';
import { openLedger } from '#lib/store/open-ledger.ts';
import { plainCollection } from '#tests/support/anki-samples.ts';
import { madeGrade } from '#tests/support/made-grade.ts';
import { scriptedAnkiConnect } from '#tests/support/scripted-ankiconnect.ts';
import { createBench } from './grading/bench.ts';

test('of an Anki that hangs it is said that it does not answer, though a grade could go through the review server', async () => {
  const { anki, grader, card, pressed } = await createBench();
  anki.be('hung');
  const { answers } = await grader.submit([pressed(1, card(0), { guard: null })], null);
  expect(answers).toMatchObject([{ answer: { status: 'pending', detail: 'Anki does not answer in time.' } }]);
});

test('an Anki that macOS slows down so much that a phone gives up is waited for when nobody waits', {
  timeout: 60_000,
}, async () => {
  const collection = plainCollection({ cards: 3 });
  const anki = await scriptedAnkiConnect({ collection, state: 'no-reviewer' });
  onTestFinished(() => anki.stop());
  anki.disturb(() => ({ kind: 'stall', ms: 2_800 }));
  const ledger = await openLedger(':memory:');
  onTestFinished(() => ledger.close());
  const grader = createGrader({
    ledger,
    anki: createAnkiConnect(new URL(anki.url)),
    server: createReviewServer(async () => ({ url: 'http://127.0.0.1:9' })),
    describe: async () => null,
  });
  const [cardId = 0] = collection.cards.keys();
  const log = collection.revlog.of(cardId);
  const guard = { revlogCount: log.length, revlogMax: log.at(-1)?.id ?? null, reps: 1, mod: 0 };
  const grade = madeGrade(1, { cardId, guard, answeredAt: Date.now() });
  const { answers } = await grader.submit([grade], null);
  expect(answers).toMatchObject([{ answer: { status: 'pending', detail: 'Anki does not answer in time.' } }]);
  expect(await grader.reconcile()).toBe(0);
  expect(await ledger.find(grade.gradeId)).toMatchObject({ outcome: { status: 'applied' } });
  expect(collection.revlog.of(cardId)).toHaveLength(guard.revlogCount + 1);
});
