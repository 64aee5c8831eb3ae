import { expect, test } from 'vitest';
import { cardOf } from '#tests/support/made-grades.ts';
import {
  APPLIED,
  cards,
  DEAD,
  gradesIn,
  gradesReply,
  handView,
  type Script,
  settle,
  startedSession,
} from '#tests/support/scripted-phone.ts';

const undoMac =
  (undo: () => ReturnType<Script>): Script =>
  async (url, init) => {
    if (url.startsWith('/api/review/hand')) return { body: handView(cards(12)) };
    return url.endsWith('/undo') ? undo() : { body: gradesReply(gradesIn(init), APPLIED) };
  };

test('a counted grade is undone by the Mac, and its card comes back', async () => {
  const { read, pass, disk } = await startedSession(
    undoMac(async () => ({ body: { gradeId: '', answer: { status: 'undone' }, card: cardOf(1) } })),
  );
  read().grade(3);
  await pass(7_000);
  expect(read().undoable).toEqual({ ease: 3, isHeld: false });
  read().undo();
  await pass(DEAD);
  expect(read()).toMatchObject({ shown: { card: { cardId: 1 } }, undoable: null, progress: { done: 0 }, notice: null });
  expect(disk.entries[0]?.answer).toEqual({ status: 'undone' });
});

const refusing = (status: number) => async () => ({ status, body: { error: { code: 'no', message: 'It stays.' } } });
const AGAIN = { ease: 3, isHeld: false };

test.each([
  ['is refused for good says why, and is offered no more', refusing(409), 'It stays.', null],
  ['is not known yet says so, and can be asked again', refusing(503), 'It stays.', AGAIN],
  [
    'is not answered says that nobody knows',
    async () => 'unreachable' as const,
    expect.stringMatching(/not known/),
    AGAIN,
  ],
])('an undo that %s; the card on the screen stays', async (_fact, undo, notice, undoable) => {
  const { read, pass } = await startedSession(undoMac(undo));
  read().grade(4);
  await pass(7_000);
  read().grade(3);
  await pass(7_000);
  read().undo();
  await pass(DEAD);
  expect(read()).toMatchObject({ notice, undoable, shown: { card: { cardId: 3 } }, progress: { done: 2 } });
  read().grade(3);
  await settle();
  expect(read().notice).toBeNull();
});

test('an undo whose answer is lost is found out about, and the press is no longer among those that were done', async () => {
  let isUndone = false;
  const { read, pass, disk } = await startedSession(async (url, init) => {
    if (url.startsWith('/api/review/hand')) return { body: handView(cards(12)) };
    if (!url.endsWith('/undo')) return { body: gradesReply(gradesIn(init), isUndone ? { status: 'undone' } : APPLIED) };
    isUndone = true;
    return 'unreachable';
  });
  read().grade(3);
  await pass(7_000);
  read().undo();
  await pass(DEAD);
  expect(read()).toMatchObject({ progress: { done: 1 }, undoable: { ease: 3 } });
  await pass(3_000);
  expect(read()).toMatchObject({ progress: { done: 0 }, undoable: null, notice: 'It was taken back.' });
  expect(disk.entries[0]?.answer).toEqual({ status: 'undone' });
});

test('a take-back that the phone cannot keep is told', async () => {
  const { read, pass, disk } = await startedSession(undoMac(async () => 'unreachable'));
  read().grade(3);
  await pass(DEAD);
  disk.refuses = true;
  read().undo();
  await settle();
  expect(read().notice).toMatch(/refuses to keep/);
});

test('what Lifeline has and could not count yet is taken back there', async () => {
  let asked = 0;
  const { read, pass } = await startedSession(async (url, init) => {
    if (url.startsWith('/api/review/hand')) return { body: handView(cards(12)) };
    if (!url.endsWith('/undo'))
      return { body: gradesReply(gradesIn(init), { status: 'pending', detail: 'Anki is busy.' }) };
    asked += 1;
    return { body: { gradeId: '', answer: { status: 'undone' }, card: cardOf(1) } };
  });
  read().grade(2);
  await pass(7_000);
  expect(read()).toMatchObject({ waiting: 1, undoable: { ease: 2, isHeld: false } });
  read().undo();
  await pass(DEAD);
  expect(asked).toBe(1);
  expect(read()).toMatchObject({ waiting: 0, undoable: null, shown: { card: { cardId: 1 } }, progress: { done: 0 } });
});
