import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createGrader } from '#lib/review/grading/grader.ts';
import { createReviewServer } from '#lib/review/review-server.ts';
import { LEDGER_FILE, openLedger } from '#lib/store/open-ledger.ts';
import { dataDir } from '#tests/store/data-dir.ts';
import { createBench } from './grading/bench.ts';

const PENDING = (detail: unknown = expect.any(String)) => ({ status: 'pending', detail });
const statuses = (said: { answers: readonly { answer: { status: string } }[] }) =>
  said.answers.map(({ answer }) => answer.status);

describe('a grade is counted once', () => {
  test('and proved by its row of the log', async () => {
    const { anki, grader, ledger, card, pressed, added } = await createBench();
    const grade = pressed(1, card(3), { ease: 2 });
    const { answers, next } = await grader.submit([grade], 'Plain');
    const row = anki.collection.revlog.rows.at(-1);
    expect(answers).toEqual([{ gradeId: grade.gradeId, answer: { status: 'applied', revlogId: row?.id } }]);
    expect(row).toMatchObject({ cardId: card(3), ease: 2 });
    expect(next).toBeNull();
    expect(added()).toBe(1);
    expect(await ledger.find(grade.gradeId)).toMatchObject({ reviewedToday: 1, intent: { gateway: 'anki-connect' } });
  });

  test('however often it is sent, one after the other and at the same time', async () => {
    const { grader, card, pressed, added } = await createBench();
    const grades = [pressed(1, card(0)), pressed(2, card(1))];
    const said = await Promise.all([1, 2, 3].map(() => grader.submit([...grades, ...grades], 'Plain')));
    expect(new Set(said.map(({ answers }) => JSON.stringify(answers))).size).toBe(1);
    expect(await grader.submit(grades, null)).toMatchObject({ answers: said[0]?.answers.slice(0, 2) });
    expect(added()).toBe(2);
  });

  test('although the reviewer on the Mac has another card at the top of its queue, which it keeps', async () => {
    const { anki, grader, card, pressed, added } = await createBench('reviewing');
    const shown = anki.window.reviewer.cardId;
    const other = shown === card(5) ? card(6) : card(5);
    expect(statuses(await grader.submit([pressed(1, other)], 'Plain'))).toEqual(['applied']);
    expect(anki.window).toMatchObject({ screen: 'review', reviewer: { cardId: shown } });
    expect(added()).toBe(1);
  });

  test('and the reviewer that showed this very card goes on to the next, which is told', async () => {
    const { anki, grader, pressed } = await createBench('reviewing');
    const shown = anki.window.reviewer.cardId ?? 0;
    const { answers, next } = await grader.submit([pressed(1, shown)], 'Plain');
    expect(answers).toMatchObject([{ answer: { status: 'applied' } }]);
    expect(anki.window.reviewer.cardId).not.toBe(shown);
    expect(next?.cardId).toBe(anki.window.reviewer.cardId);
    expect(await anki.desktop.grade(3)).toBe(next?.cardId);
    expect(anki.window.popups).toEqual([]);
  });

  test.each(['silent-executed', 'silent-late', 'reset-executed', 'silent', 'reset', 'refused'] as const)(
    'where the answer call ends %s',
    async (fault) => {
      const { anki, grader, card, pressed, added } = await createBench();
      anki.disturb(({ actions }) => (actions.includes('answerCards') ? fault : null));
      const first = await grader.submit([pressed(1, card(0))], 'Plain');
      anki.disturb(null);
      const again = await grader.submit([pressed(1, card(0))], 'Plain');
      expect(statuses(again)).toEqual(['applied']);
      expect(statuses(first)).toEqual([fault.endsWith('executed') || fault === 'silent-late' ? 'applied' : 'pending']);
      expect(added()).toBe(1);
    },
  );
});

describe('a grade is not counted', () => {
  test('when the card was reviewed at the Mac since it was shown', async () => {
    const { anki, grader, pressed, added } = await createBench('reviewing');
    const grade = pressed(1, anki.window.reviewer.cardId ?? 0);
    await anki.desktop.grade(3);
    expect(await grader.submit([grade], null)).toMatchObject({
      answers: [{ answer: { status: 'conflict', why: 'reviewed' } }],
    });
    expect(added()).toBe(1);
  });

  test('when somebody at the Mac answers between the look and the call: the queue has moved on', async () => {
    const { anki, grader, pressed, added } = await createBench('reviewing');
    anki.disturb(({ actions }) => {
      if (actions.includes('answerCards') && added() === 0) void anki.desktop.grade(3);
      return null;
    });
    const said = await grader.submit([pressed(1, anki.window.reviewer.cardId ?? 0)], null);
    expect(said).toMatchObject({ answers: [{ answer: { status: 'conflict', why: 'reviewed' } }] });
    expect(added()).toBe(1);
  });

  test('when its card is gone, suspended or buried', async () => {
    const { anki, grader, card, pressed, added } = await createBench();
    const grades = [pressed(1, card(0)), pressed(2, card(1)), pressed(3, card(2))];
    await anki.desktop.remove(card(0));
    await anki.desktop.suspend(card(1));
    await anki.desktop.bury(card(2));
    const { answers } = await grader.submit(grades, null);
    expect(answers.map(({ answer }) => answer)).toEqual([
      { status: 'gone' },
      { status: 'blocked', why: 'suspended' },
      { status: 'blocked', why: 'buried' },
    ]);
    expect(added()).toBe(0);
  });

  test('with two answers at once where no queue tells: it is said that it was twice', async () => {
    const { anki, grader, card, pressed, added } = await createBench();
    anki.disturb(({ actions }) => {
      if (actions.includes('answerCards') && added() === 0) void anki.desktop.sync([{ cardId: card(0), ease: 3 }]);
      return null;
    });
    const said = await grader.submit([pressed(1, card(0))], null);
    expect(said).toMatchObject({ answers: [{ answer: { status: 'conflict', why: 'twice' } }] });
    expect(added()).toBe(2);
  });
});

describe('while Anki does not answer', () => {
  test('all grades wait, with the reason, and are counted in their order once it does', async () => {
    const { anki, grader, ledger, card, pressed, added } = await createBench();
    anki.disturb(() => 'refused');
    const grades = [4, 2, 7].map((place, nth) => pressed(nth + 1, card(place)));
    const { answers } = await grader.submit(grades, null);
    expect(answers.map(({ answer }) => answer)).toEqual(
      grades.map(() => PENDING('Anki does not run, or does not listen.')),
    );
    expect(await ledger.open()).toMatchObject(grades.map((grade) => ({ grade, intent: null })));
    expect(await grader.reconcile()).toBe(3);
    anki.disturb(null);
    expect(await grader.reconcile()).toBe(0);
    expect(anki.collection.revlog.rows.slice(-3).map(({ cardId }) => cardId)).toEqual(
      grades.map(({ cardId }) => cardId),
    );
    expect(added()).toBe(3);
  });

  test('a second grade of a card waits for the first, whose effect nobody knows', async () => {
    const { anki, grader, card, pressed, added } = await createBench();
    const first = pressed(1, card(0));
    anki.disturb(({ actions }) => {
      if (actions.includes('answerCards')) anki.be('hung');
      return null;
    });
    expect(statuses(await grader.submit([first], null))).toEqual(['pending']);
    const { answers } = await grader.submit([pressed(2, card(0)), pressed(3, card(1))], null);
    expect(answers[0]?.answer).toEqual(PENDING('An earlier answer to this card is not settled yet.'));
    anki.disturb(null);
    anki.be('no-reviewer');
    expect(await grader.reconcile()).toBe(0);
    const settled = await grader.submit([first, pressed(2, card(0)), pressed(3, card(1))], null);
    expect(statuses(settled)).toEqual(['applied', 'conflict', 'applied']);
    expect(added()).toBe(2);
  });

  test('another profile is a reason to wait: what its collection has not says nothing', async () => {
    const { anki, grader, card, pressed, added } = await createBench();
    await grader.submit([pressed(1, card(0))], null);
    const faults = [null, 'silent-executed' as const];
    anki.disturb(() => (faults.length > 0 ? (faults.shift() ?? null) : 'refused'));
    const later = [pressed(2, card(1)), pressed(3, card(2))];
    await grader.submit(later, null);
    anki.disturb(null);
    const { cards, revlog } = anki.collection;
    const [kept, { of }] = [new Map(cards), revlog];
    cards.clear();
    Object.assign(revlog, { of: () => [] });
    Object.assign(anki.window, { profile: 'Spouse' });
    expect(await grader.reconcile()).toBe(2);
    const elsewhere = PENDING('Anki has another profile open.');
    expect((await grader.submit(later, null)).answers.map(({ answer }) => answer)).toEqual([elsewhere, elsewhere]);
    for (const [id, one] of kept) cards.set(id, one);
    Object.assign(revlog, { of });
    Object.assign(anki.window, { profile: 'User 1' });
    expect(statuses(await grader.submit(later, null))).toEqual(['applied', 'applied']);
    expect(added()).toBe(3);
  });

  test('a closed collection is a reason to wait, and is told in the words of Anki', async () => {
    const { grader, card, pressed } = await createBench('collection-closed');
    const said = await grader.submit([pressed(1, card(0))], null);
    expect(said).toMatchObject({ answers: [{ answer: PENDING('Anki says: collection is not available') }] });
  });
});

test('a grade that the ledger cannot keep is not taken: Anki is not even asked', async () => {
  const { anki, clock, card, pressed, added } = await createBench();
  const dir = dataDir();
  const ledger = await openLedger(dir);
  onTestFinished(() => ledger.close());
  const grader = createGrader({
    ledger,
    anki: anki.client,
    server: createReviewServer(async () => ({ url: 'http://127.0.0.1:9' })),
    describe: async () => null,
    clock: { now: clock.now, dayBegan: () => 0, sleep: async () => undefined },
  });
  const other = new DatabaseSync(join(dir, LEDGER_FILE));
  other.exec('begin immediate');
  const refused = { name: 'StorageError', reason: 'busy' };
  await expect(grader.submit([pressed(1, card(0))], null)).rejects.toMatchObject(refused);
  expect(added()).toBe(0);
  other.exec('rollback');
  other.close();
  expect(statuses(await grader.submit([pressed(1, card(0))], null))).toEqual(['applied']);
});
