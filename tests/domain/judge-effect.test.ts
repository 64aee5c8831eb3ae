import { describe, expect, test } from 'vitest';
import { EASES } from '#lib/domain/review/card.ts';
import type { Review } from '#lib/domain/review/grading.ts';
import { judgeEffect } from '#lib/domain/review/judge-effect.ts';
import type { Intent } from '#lib/domain/review/ledger.ts';
import { fc } from '#tests/support/fast-check.ts';

const row = (id: number, ease = 3): Review => ({ id, ease });
const INTENT: Intent = { at: 1_000, gateway: 'anki-connect', before: [row(100), row(200)], profile: null };
const BLIND: Intent = { ...INTENT, gateway: 'review-server', before: null };
const GOOD = { ease: 3 } as const;

const TABLE: readonly [name: string, Intent, readonly Review[], ReturnType<typeof judgeEffect>][] = [
  ['no new row: nothing was counted', INTENT, [row(100), row(200)], null],
  [
    'one of this ease: it was counted, and that proves it',
    INTENT,
    [row(100), row(200), row(1_040)],
    { status: 'applied', revlogId: 1_040 },
  ],
  [
    'one of another ease: somebody else answered',
    INTENT,
    [row(100), row(200), row(1_040, 1)],
    { status: 'conflict', why: 'other-ease' },
  ],
  ['two: one too many', INTENT, [row(100), row(200), row(1_040), row(1_050)], { status: 'conflict', why: 'twice' }],
  [
    'two of different ease: one too many',
    INTENT,
    [row(100), row(200), row(1_040, 1), row(1_050)],
    { status: 'conflict', why: 'twice' },
  ],
  ['a row that is missing now is nobody’s answer', INTENT, [row(100)], null],
  ['a rescheduling is no answer', INTENT, [row(100), row(200), row(1_040, 0)], null],
  [
    'an answer and a rescheduling are one answer',
    INTENT,
    [row(100), row(200), row(1_040), row(1_050, 0)],
    { status: 'applied', revlogId: 1_040 },
  ],
  ['without the rows of before the moment tells: none since', BLIND, [row(100), row(999)], null],
  [
    'without the rows of before the moment tells: one since',
    BLIND,
    [row(999), row(1_000)],
    { status: 'applied', revlogId: 1_000 },
  ],
];

describe('what the log says of a grade', () => {
  test.each(TABLE)('%s', (_, intent, after, expected) => {
    expect(judgeEffect(GOOD, intent, after)).toEqual(expected);
  });
});

test('it is told by how many answers are new, always the same way, and never throws', () => {
  const rows = fc.uniqueArray(
    fc.record({ id: fc.integer({ min: 1, max: 2_000 }), ease: fc.integer({ min: 0, max: 4 }) }),
    {
      selector: ({ id }) => id,
      maxLength: 8,
    },
  );
  fc.assert(
    fc.property(rows, rows, fc.constantFrom(...EASES), (before, added, ease) => {
      const fresh = added.filter(({ id }) => before.every((known) => known.id !== id));
      const answers = fresh.filter((review) => review.ease > 0);
      const said = judgeEffect({ ease }, { ...INTENT, before }, [...before, ...fresh]);
      expect(judgeEffect({ ease }, { ...INTENT, before }, [...before, ...fresh])).toEqual(said);
      if (answers.length === 0) expect(said).toBeNull();
      else if (answers.length > 1) expect(said).toEqual({ status: 'conflict', why: 'twice' });
      else expect(said?.status).toBe(answers[0]?.ease === ease ? 'applied' : 'conflict');
    }),
  );
});
