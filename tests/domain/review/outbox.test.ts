import { expect, test } from 'vitest';
import type { Answered } from '#lib/domain/review/grading.ts';
import {
  answer,
  entryIn,
  entryOf,
  forget,
  isOnItsWay,
  merge,
  type Outbox,
  press,
  REMEMBERED_MS,
  release,
  see,
  takeBack,
  toSend,
  unsettled,
} from '#lib/domain/review/outbox.ts';
import { fc } from '#tests/support/fast-check.ts';
import { gradeIdOf, gradeOf } from '#tests/support/made-grades.ts';

const { array, assert, constantFrom, nat, property, record } = fc;

const held = (nth: number, cardId = nth) =>
  entryOf(gradeOf(nth, { cardId }), { label: `card ${cardId}`, isHeld: true });
const sent = (nth: number, cardId = nth) =>
  entryOf(gradeOf(nth, { cardId }), { label: `card ${cardId}`, isHeld: false });
const told = (status: Answered['status']): Answered =>
  ({
    applied: { status: 'applied', revlogId: 1 },
    conflict: { status: 'conflict', why: 'reviewed' },
    gone: { status: 'gone' },
    blocked: { status: 'blocked', why: 'buried' },
    stale: { status: 'stale', why: 'day' },
    failed: { status: 'failed', detail: 'It failed.' },
    unproven: { status: 'unproven', detail: 'Who knows.' },
    undone: { status: 'undone' },
    pending: { status: 'pending', detail: 'Soon.' },
  })[status] as Answered;
const settle = (outbox: Outbox, nth: number, status: Answered['status']) =>
  answer(outbox, gradeIdOf(nth), { told: told(status), at: 5_000 });

test('a press lets the one before go, and is held itself', () => {
  const outbox = press(press([], held(1)), held(2));
  expect(outbox.map(({ stage }) => stage)).toEqual(['waiting', 'held']);
  expect(toSend(outbox).map(({ seq }) => seq)).toEqual([1]);
});

test('a held grade is taken back; one that was let go is not', () => {
  const outbox = press(press([], held(1)), held(2));
  const after = takeBack(takeBack(outbox, gradeIdOf(1), 9), gradeIdOf(2), 9);
  expect(after.map(({ stage, answer: word }) => [stage, word])).toEqual([
    ['waiting', null],
    ['settled', null],
  ]);
  expect(release(after)).toBe(after);
});

test('what was taken back here and is with Lifeline all the same is asked about until it is known', () => {
  const back = takeBack(press([], held(1)), gradeIdOf(1), 5);
  const pending = settle(back, 1, 'pending');
  expect(toSend(pending)).toHaveLength(1);
  expect(merge(back, pending)).toEqual(pending);
  expect(merge(pending, back)).toEqual(pending);
});

test('a second grade of a card waits until the first is settled, and others pass', () => {
  const outbox = [1, 2, 3].reduce((box, nth) => press(box, sent(nth, nth === 3 ? 1 : nth)), [] as Outbox);
  expect(toSend(outbox).map(({ seq }) => seq)).toEqual([1, 2]);
  const pending = settle(settle(outbox, 1, 'pending'), 2, 'applied');
  expect(toSend(pending).map(({ seq }) => seq)).toEqual([1]);
  expect(toSend(settle(pending, 1, 'applied')).map(({ seq }) => seq)).toEqual([3]);
});

test.each([
  ['applied', 'undone', 'undone'],
  ['applied', 'conflict', 'applied'],
  ['conflict', 'applied', 'conflict'],
  ['undone', 'applied', 'undone'],
  ['stale', 'pending', 'stale'],
] as const)('%s, then told %s, stays or becomes %s', (first, second, last) => {
  const outbox = settle(settle(press([], sent(1)), 1, first), 1, second);
  expect(entryIn(outbox, gradeIdOf(1))?.answer?.status).toBe(last);
});

test('a grade that was taken back here and counted all the same, by another window, was counted', () => {
  const outbox = settle(takeBack(press([], held(1)), gradeIdOf(1), 9), 1, 'applied');
  expect(entryIn(outbox, gradeIdOf(1))?.answer).toEqual(told('applied'));
});

test.each(['conflict', 'gone', 'blocked', 'stale', 'failed', 'unproven'] as const)(
  'a grade that ended as %s is kept until the person has seen it',
  (status) => {
    const outbox = settle(press([], sent(1)), 1, status);
    expect(forget(outbox, 5_000 + 10 * REMEMBERED_MS)).toHaveLength(1);
    expect(forget(see(outbox, gradeIdOf(1)), 5_000 + 10 * REMEMBERED_MS)).toHaveLength(0);
  },
);

test('a seen ending does not hide a later, unseen one', () => {
  const back = takeBack(press([], held(1)), gradeIdOf(1), 9);
  const conflict = settle(release(press([], held(1))), 1, 'conflict');
  expect(merge(back, conflict)[0]).toMatchObject({ isSeen: false, answer: { status: 'conflict' } });
});

const STEPS: Readonly<Record<string, (outbox: Outbox, which: number, pressed: number) => Outbox>> = {
  'press held': (outbox, card, pressed) => press(outbox, held(pressed, card % 4)),
  'press unheld': (outbox, card, pressed) => press(outbox, sent(pressed, card % 4)),
  'release all': (outbox) => release(outbox),
  release: (outbox, nth) => release(outbox, gradeIdOf(nth)),
  'take back': (outbox, nth) => takeBack(outbox, gradeIdOf(nth), 9),
  see: (outbox, nth) => see(outbox, gradeIdOf(nth)),
  forget: (outbox) => forget(outbox, 10_000),
  pending: (outbox, nth) => settle(outbox, nth, 'pending'),
  applied: (outbox, nth) => settle(outbox, nth, 'applied'),
  conflict: (outbox, nth) => settle(outbox, nth, 'conflict'),
  undone: (outbox, nth) => settle(outbox, nth, 'undone'),
};
const steps = array(record({ what: constantFrom(...Object.keys(STEPS)), which: nat(30) }), { maxLength: 60 });

const seqs = (grades: readonly { seq: number }[]) => grades.map(({ seq }) => seq);
const endOf = ({ stage, answer: word }: Outbox[number]) =>
  stage === 'settled' ? (word?.status ?? 'taken back') : null;

function expectSendable(outbox: Outbox): void {
  const batch = toSend(outbox);
  expect(new Set(batch.map(({ cardId }) => cardId)).size).toBe(batch.length);
  expect(seqs(batch)).toEqual(seqs(batch).toSorted((a, b) => a - b));
  for (const { gradeId } of batch) expect(entryIn(outbox, gradeId)?.stage).toMatch(/waiting|pending/);
  for (const { grade } of unsettled(outbox)) expect(isOnItsWay(outbox, grade.cardId)).toBe(true);
}

function expectLasting(before: Outbox, after: Outbox): void {
  for (const entry of before) {
    const [end, later] = [endOf(entry), endOf(entryIn(after, entry.grade.gradeId) ?? entry)];
    if (end !== null && end !== 'taken back' && end !== later)
      expect([end, later]).toEqual([expect.not.stringMatching('undone'), 'undone']);
  }
}

test('whatever happens, no grade is lost or doubled, none is taken back by an old copy, and no card is sent twice', () => {
  assert(
    property(steps, (taken) => {
      let outbox: Outbox = [];
      const copies: Outbox[] = [];
      let pressed = 0;
      for (const { what, which } of taken) {
        const before = outbox;
        outbox = STEPS[what]?.(outbox, which, pressed) ?? outbox;
        pressed += what.startsWith('press') ? 1 : 0;
        copies.push(outbox);
        expect(seqs(outbox.map(({ grade }) => grade))).toEqual(Array.from({ length: pressed }, (_, nth) => nth));
        expectSendable(outbox);
        expectLasting(before, outbox);
      }
      for (const copy of copies) {
        expect(merge(outbox, copy)).toBe(outbox);
        expect(merge(copy, outbox)).toEqual(outbox);
      }
    }),
    { numRuns: 500 },
  );
}, 120_000);
