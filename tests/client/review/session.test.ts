import { expect, test } from 'vitest';
import { entryOf } from '#lib/domain/review/outbox.ts';
import { gradeOf } from '#tests/support/made-grades.ts';
import { cards, DEAD, Disk, goodMac, handView, settle, startedSession } from '#tests/support/scripted-phone.ts';

test('the first card of the Mac is shown, and a press before the answer counts', async () => {
  const log: string[] = [];
  const { read, pass } = await startedSession(goodMac(12, log));
  expect(read()).toMatchObject({
    phase: 'card',
    source: 'anki-connect',
    shown: { card: { cardId: 1 }, side: 'question' },
  });
  read().grade(3);
  await pass(0);
  expect(read()).toMatchObject({ shown: { card: { cardId: 2 } }, progress: { done: 1 }, waiting: 1 });
  expect(log).toEqual([]);
  await pass(6_000);
  expect(log).toEqual(['1:3']);
  expect(read().waiting).toBe(0);
});

test('a double tap is one press, also on the answer that it has just turned over', async () => {
  const { read, pass, disk } = await startedSession(goodMac());
  read().grade(3);
  read().grade(3);
  await settle();
  read().grade(3);
  await pass(100);
  read().grade(3);
  expect(disk.entries).toHaveLength(1);
  await pass(DEAD);
  read().reveal();
  read().grade(1);
  expect(read().shown).toMatchObject({ side: 'answer', card: { cardId: 2 } });
  expect(disk.entries).toHaveLength(1);
  await pass(DEAD);
  read().grade(1);
  await settle();
  expect(disk.entries).toHaveLength(2);
});

test('a clock that is set back in the middle stops neither presses nor the hold', async () => {
  const log: string[] = [];
  const { read, pass, jump, disk } = await startedSession(goodMac(12, log));
  jump(-3_600_000);
  read().grade(3);
  await pass(DEAD);
  read().grade(4);
  await pass(6_000);
  expect(log).toEqual(['1:3', '2:4']);
  const first = disk.entries[0]?.grade;
  expect(first?.msTaken).toBe(DEAD);
  expect((first?.answeredAt ?? 0) >= (first?.shownAt ?? 1)).toBe(true);
});

test('the next press lets the one before go', async () => {
  const log: string[] = [];
  const { read, pass } = await startedSession(goodMac(12, log));
  read().grade(3);
  await pass(DEAD);
  read().grade(4);
  await pass(DEAD);
  expect(log).toEqual(['1:3']);
});

test('undo of a held grade brings its card back and sends nothing', async () => {
  const log: string[] = [];
  const { read, pass } = await startedSession(goodMac(12, log));
  read().grade(1);
  await pass(DEAD);
  expect(read().undoable).toEqual({ ease: 1, isHeld: true });
  read().undo();
  await pass(DEAD);
  expect(read()).toMatchObject({ shown: { card: { cardId: 1 }, side: 'question' }, waiting: 0, progress: { done: 0 } });
  await pass(20_000);
  expect(log).toEqual([]);
  read().grade(3);
  await pass(7_000);
  expect(log).toEqual(['1:3']);
  expect(read().shown?.card.cardId).toBe(2);
});

test('a reload in the middle of a hold sends the grade once, and its card does not come again', async () => {
  const log: string[] = [];
  const disk = new Disk();
  const before = await startedSession(goodMac(12, log), { disk });
  before.read().grade(3);
  await settle();
  const after = await startedSession(goodMac(12, log), { disk });
  expect(after.read()).toMatchObject({ shown: { card: { cardId: 2 } }, waiting: 1 });
  await after.pass(7_000);
  expect(log).toEqual(['1:3']);
});

test('a grade that was taken back stays taken back after a reload', async () => {
  const log: string[] = [];
  const disk = new Disk();
  const before = await startedSession(goodMac(12, log), { disk });
  before.read().grade(3);
  await before.pass(DEAD);
  before.read().undo();
  await settle();
  const after = await startedSession(goodMac(12, log), { disk });
  await after.pass(20_000);
  expect(log).toEqual([]);
  expect(after.read().shown?.card.cardId).toBe(1);
});

test('who may not grade can go from card to card, and around', async () => {
  const mayGrade = { allowed: false, detail: 'Only the owner may grade.' };
  const { read, pass } = await startedSession(async () => ({ body: handView(cards(2), { mayGrade }) }));
  for (const cardId of [1, 2, 1]) {
    expect(read()).toMatchObject({ shown: { card: { cardId } }, progress: { done: 0, left: 2 } });
    read().skip();
    await pass(DEAD);
  }
});

test('who may grade skips nothing', async () => {
  const { read, pass } = await startedSession(goodMac());
  read().skip();
  await pass(DEAD);
  expect(read().shown?.card.cardId).toBe(1);
});

test('a card that another window of this phone graded leaves the screen, and is not pressed again', async () => {
  const { read, store, pass } = await startedSession(goodMac());
  store.hear([entryOf(gradeOf(1), { label: '', isHeld: true })]);
  expect(read()).toMatchObject({ shown: { card: { cardId: 2 } }, isDead: true, progress: { done: 0 } });
  await pass(DEAD);
  store.hear([entryOf(gradeOf(5), { label: '', isHeld: true })]);
  expect(read().shown?.card.cardId).toBe(2);
});

test('after half an hour without a press a session begins anew', async () => {
  const { read, pass, jump } = await startedSession(goodMac());
  read().grade(3);
  await pass(DEAD);
  const { startedAt } = read();
  await pass(20 * 60_000);
  expect(read()).toMatchObject({ startedAt, progress: { done: 1 } });
  jump(20 * 60_000);
  await pass(61_000);
  expect(read().progress.done).toBe(0);
  expect(read().startedAt).toBeGreaterThan((startedAt ?? 0) + 40 * 60_000);
});

test('a page that lives for days forgets what was counted long ago when it is seen again', async () => {
  const { read, store, pass, jump, disk } = await startedSession(goodMac());
  read().grade(3);
  await pass(7_000);
  store.wake();
  await settle();
  expect(disk.entries).toHaveLength(1);
  jump(25 * 3_600_000);
  store.wake();
  await settle();
  expect(disk.entries).toEqual([]);
});
