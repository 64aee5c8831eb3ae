import { expect, test } from 'vitest';
import { MINUTE, SECOND } from '#lib/domain/time.ts';
import { createBench } from './grading/bench.ts';

test('an answer is taken back by one press of undo, and sending it again counts nothing', async () => {
  const { anki, grader, card, pressed, added } = await createBench('reviewing');
  const shown = anki.window.reviewer.cardId ?? 0;
  const grade = pressed(1, shown);
  await grader.submit([pressed(0, card(11)), grade], 'Plain');
  const undone = await grader.undo(grade.gradeId);
  expect(undone).toMatchObject({ undone: true, answer: { status: 'undone' }, card: { cardId: shown } });
  expect(added()).toBe(1);
  expect(anki.window.reviewer.cardId).toBe(shown);
  expect(await grader.submit([grade], 'Plain')).toMatchObject({ answers: [{ answer: { status: 'undone' } }] });
  expect(await grader.undo(grade.gradeId)).toMatchObject({ undone: true });
  expect(added()).toBe(1);
});

test('an answer that waits is taken back without asking Anki', async () => {
  const { anki, grader, card, pressed, added } = await createBench();
  anki.disturb(() => 'refused');
  const grade = pressed(1, card(0));
  await grader.submit([grade], null);
  expect(await grader.undo(grade.gradeId)).toMatchObject({ undone: true, answer: { status: 'undone' } });
  anki.disturb(null);
  expect(await grader.reconcile()).toBe(0);
  expect(added()).toBe(0);
});

test('nothing is taken back when anything was reviewed since, when it is long ago, or when it was not counted', async () => {
  const { anki, clock, grader, card, pressed, added } = await createBench();
  const [first, second, third] = [pressed(1, card(0)), pressed(2, card(1)), pressed(3, card(2))];
  await anki.desktop.suspend(card(2));
  await grader.submit([first, second, third], null);
  expect(await grader.undo(first.gradeId)).toMatchObject({
    undone: false,
    isFinal: true,
    detail: 'It was not taken back: other things were done in Anki since.',
  });
  expect(await grader.undo(third.gradeId)).toMatchObject({ undone: false, answer: { status: 'blocked' } });
  clock.advance(11 * MINUTE);
  expect(await grader.undo(second.gradeId)).toMatchObject({
    undone: false,
    detail: 'It was not taken back: it was more than ten minutes ago.',
  });
  expect(await grader.undo('unknown')).toEqual({
    undone: false,
    answer: null,
    card: null,
    isFinal: true,
    detail: 'This answer is not known here.',
  });
  expect(added()).toBe(2);
});

test('after a sync, which ends every undo, it says that it could not, and presses no second time', async () => {
  const { anki, clock, grader, ledger, card, pressed, added } = await createBench();
  const presses: string[] = [];
  anki.disturb(({ actions }) => {
    presses.push(...actions.filter((action) => action === 'guiUndo'));
    return null;
  });
  const grade = pressed(1, card(0));
  await grader.submit([grade], null);
  await anki.desktop.sync();
  const refused = { undone: false, answer: { status: 'applied' }, detail: expect.stringContaining('Edit › Redo') };
  expect(await grader.undo(grade.gradeId)).toMatchObject(refused);
  expect(await grader.undo(grade.gradeId)).toMatchObject(refused);
  expect(presses).toHaveLength(1);
  clock.advance(10 * SECOND);
  expect(await grader.reconcile()).toBe(0);
  expect(await ledger.find(grade.gradeId)).toMatchObject({ outcome: { status: 'applied' } });
  expect(added()).toBe(1);
});

test('what was edited at the Mac since may be undone instead, which is said', async () => {
  const { anki, grader, card, pressed, added } = await createBench();
  const grade = pressed(1, card(0));
  await grader.submit([grade], null);
  await anki.desktop.edit(card(5), 'Front', 'an hour of work');
  expect(await grader.undo(grade.gradeId)).toMatchObject({
    undone: false,
    isFinal: true,
    detail: expect.stringContaining('an edit perhaps, that may be undone now'),
  });
  expect(added()).toBe(1);
});

test('with another profile open an undo is not known to have worked because the row is missing there', async () => {
  const { anki, grader, ledger, card, pressed, added } = await createBench();
  const grade = pressed(1, card(0));
  await grader.submit([grade], null);
  const { revlog } = anki.collection;
  const { of } = revlog;
  anki.disturb(({ actions }) => {
    if (!actions.includes('guiUndo')) return null;
    Object.assign(anki.window, { profile: 'Spouse' });
    Object.assign(revlog, { of: () => [] });
    return 'silent';
  });
  expect(await grader.undo(grade.gradeId)).toMatchObject({ undone: false, isFinal: false });
  expect(await grader.reconcile()).toBe(1);
  Object.assign(anki.window, { profile: 'User 1' });
  Object.assign(revlog, { of });
  expect(await grader.undo(grade.gradeId)).toMatchObject({ undone: false });
  expect(await ledger.find(grade.gradeId)).toMatchObject({ outcome: { status: 'applied' } });
  expect(added()).toBe(1);
});

test('an undo that Anki carries out long after it was pressed is found out', async () => {
  const { anki, grader, ledger, card, pressed, added } = await createBench();
  const grade = pressed(1, card(0));
  await grader.submit([grade], null);
  anki.disturb(({ actions }) => {
    if (actions.includes('guiUndo')) anki.be('hung');
    return null;
  });
  expect(await grader.undo(grade.gradeId)).toMatchObject({
    undone: false,
    isFinal: false,
    detail: expect.stringContaining('not known yet'),
  });
  expect(await grader.reconcile()).toBe(1);
  anki.disturb(null);
  anki.be('no-reviewer');
  expect(await grader.reconcile()).toBe(0);
  expect(await ledger.find(grade.gradeId)).toMatchObject({ outcome: { status: 'undone' } });
  expect(added()).toBe(0);
});

test('an answer that was found out about only later is not taken back, because nobody counted what was done since', async () => {
  const { anki, grader, card, pressed, added } = await createBench();
  const faults = [null, 'silent-executed' as const];
  anki.disturb(() => faults.shift() ?? null);
  const grade = pressed(1, card(0));
  expect(await grader.submit([grade], null)).toMatchObject({ answers: [{ answer: { status: 'applied' } }] });
  expect(await grader.undo(grade.gradeId)).toMatchObject({
    undone: false,
    isFinal: true,
    detail: expect.stringContaining('Anki did not answer when it was counted'),
  });
  expect(added()).toBe(1);
});

test('an undo that is not seen to work while the phone waits is said to be not known yet', async () => {
  const { anki, clock, grader, card, pressed } = await createBench();
  const grade = pressed(1, card(0));
  await grader.submit([grade], null);
  await anki.desktop.sync(); // which ends every undo
  anki.disturb(() => {
    clock.advance(1_500);
    return null;
  });
  const askedAt = clock.now();
  expect(await grader.undo(grade.gradeId)).toMatchObject({ undone: false, isFinal: false });
  expect(clock.now() - askedAt).toBeLessThan(10 * SECOND);
});
