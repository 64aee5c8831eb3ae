import { describe, expect, test } from 'vitest';
import type { Grade, Review } from '#lib/domain/review/grading.ts';
import { type CardNow, judgeGrade } from '#lib/domain/review/judge-grade.ts';
import { HOUR, MINUTE } from '#lib/domain/time.ts';
import { fc } from '#tests/support/fast-check.ts';
import { madeGrade, NOON } from '#tests/support/made-grade.ts';

const reviews = (...ids: number[]): readonly Review[] => ids.map((id) => ({ id, ease: 3 }));
const SHOWN: CardNow = { reviews: reviews(100, 200), queue: 2 };
const GUARD = { revlogCount: 2, revlogMax: 200, reps: 2, mod: 0 };
const MORNING = { dayBeganAt: NOON - 8 * HOUR };

/** What is different from a grade that counts; the card; minutes after the press. */
const TABLE: readonly [name: string, Partial<Grade>, CardNow | null, number, ReturnType<typeof judgeGrade>][] = [
  ['a card as it was shown is graded', {}, SHOWN, 0, null],
  ['hours later too, on the same day', {}, SHOWN, 180, null],
  [
    'a new card is graded',
    { guard: { ...GUARD, revlogCount: 0, revlogMax: null } },
    { reviews: [], queue: 0 },
    0,
    null,
  ],
  ['a card that is not there is gone', {}, null, 0, { status: 'gone' }],
  [
    'one review more is a conflict',
    {},
    { ...SHOWN, reviews: reviews(100, 200, 300) },
    0,
    { status: 'conflict', why: 'reviewed' },
  ],
  [
    'an older review that a sync brought in is a conflict',
    {},
    { ...SHOWN, reviews: reviews(50, 100, 200) },
    0,
    { status: 'conflict', why: 'reviewed' },
  ],
  [
    'another newest review of the same number is a conflict',
    {},
    { ...SHOWN, reviews: reviews(100, 201) },
    0,
    { status: 'conflict', why: 'reviewed' },
  ],
  [
    'a review that was taken back is a conflict',
    {},
    { ...SHOWN, reviews: reviews(100) },
    0,
    { status: 'conflict', why: 'reviewed' },
  ],
  [
    'without a guard a review since it was shown is a conflict',
    { guard: null },
    { ...SHOWN, reviews: reviews(100, NOON - 3_000) },
    0,
    { status: 'conflict', why: 'reviewed' },
  ],
  [
    'without a guard a review before it was shown is none',
    { guard: null },
    { ...SHOWN, reviews: reviews(100, NOON - 5_000) },
    0,
    null,
  ],
  ['a card rescheduled since is graded', {}, { ...SHOWN, reviews: [...SHOWN.reviews, { id: 300, ease: 0 }] }, 0, null],
  [
    'a card rescheduled since is graded without a guard too',
    { guard: null },
    { ...SHOWN, reviews: [{ id: NOON - 3_000, ease: 0 }] },
    0,
    null,
  ],
  [
    'what was rescheduled before it was shown is of its log',
    { guard: { ...GUARD, revlogCount: 3, revlogMax: 300 } },
    { ...SHOWN, reviews: [...SHOWN.reviews, { id: 300, ease: 0 }] },
    0,
    null,
  ],
  ['a suspended card is blocked', {}, { ...SHOWN, queue: -1 }, 0, { status: 'blocked', why: 'suspended' }],
  ['a card buried by its sibling is blocked', {}, { ...SHOWN, queue: -2 }, 0, { status: 'blocked', why: 'buried' }],
  ['a card buried by hand is blocked', {}, { ...SHOWN, queue: -3 }, 0, { status: 'blocked', why: 'buried' }],
  ['30 min in learning are in time', { wasLearning: true }, SHOWN, 30, null],
  ['more than 30 min in learning are too late', { wasLearning: true }, SHOWN, 31, { status: 'stale', why: 'learning' }],
  ['too late counts when the person insists', { wasLearning: true, insist: true }, SHOWN, 31, null],
  [
    'insisting does not overrule a review elsewhere',
    { insist: true },
    { ...SHOWN, reviews: reviews(100) },
    0,
    { status: 'conflict', why: 'reviewed' },
  ],
];

describe('what stands against a grade', () => {
  test.each(TABLE)('%s', (_, told, card, minutesLater, expected) => {
    const grade = madeGrade(0, { guard: GUARD, ...told });
    expect(judgeGrade(grade, card, { now: NOON + minutesLater * MINUTE, ...MORNING })).toEqual(expected);
  });
});

test('a grade of yesterday is stale from the change of day on, and not a moment before', () => {
  const grade = madeGrade(0, { guard: GUARD });
  const stale = { status: 'stale', why: 'day' };
  expect(judgeGrade(grade, SHOWN, { now: NOON + 16 * HOUR, dayBeganAt: NOON + 16 * HOUR })).toEqual(stale);
  expect(judgeGrade(grade, SHOWN, { now: NOON + 16 * HOUR - 1, ...MORNING })).toBeNull();
  expect(
    judgeGrade({ ...grade, insist: true }, SHOWN, { now: NOON + 2 * 24 * HOUR, dayBeganAt: NOON + 40 * HOUR }),
  ).toBeNull();
});

test('a card that is not as it was shown is never graded, whatever else holds', () => {
  const log = fc
    .uniqueArray(fc.integer({ min: 1, max: 1_000 }), { maxLength: 6 })
    .map((ids) => reviews(...ids.toSorted((a, b) => a - b)));
  fc.assert(
    fc.property(log, log, fc.integer({ min: -3, max: 4 }), fc.boolean(), (shown, now, queue, insist) => {
      const guard = { ...GUARD, revlogCount: shown.length, revlogMax: shown.at(-1)?.id ?? null };
      const verdict = judgeGrade(madeGrade(0, { guard, insist }), { reviews: now, queue }, { now: NOON, ...MORNING });
      const isSame = shown.length === now.length && shown.at(-1)?.id === now.at(-1)?.id;
      expect(verdict === null).toBe(isSame && queue >= 0);
    }),
  );
});
