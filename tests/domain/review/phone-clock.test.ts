import { expect, test } from 'vitest';
import { byOurClock } from '#lib/domain/review/phone-clock.ts';
import { MINUTE, SECOND } from '#lib/domain/time.ts';
import { madeGrade, NOON } from '#tests/support/made-grade.ts';

const GRADE = madeGrade(1, { shownAt: NOON - 9 * SECOND, answeredAt: NOON - 5 * SECOND });

test.each([
  ['right', 0, GRADE],
  ['right, of a request that was long on its way', -10 * SECOND, GRADE],
  [
    'half an hour behind: it was answered just now, and shown no later than it said',
    -31 * MINUTE,
    { ...GRADE, answeredAt: GRADE.answeredAt + 31 * MINUTE },
  ],
  [
    'ahead',
    90 * SECOND,
    { ...GRADE, shownAt: GRADE.shownAt - 90 * SECOND, answeredAt: GRADE.answeredAt - 90 * SECOND },
  ],
])("a phone's clock that is %s", (_, aheadMs, grade) => {
  expect(byOurClock([GRADE], { sentAt: NOON + aheadMs, now: NOON })).toEqual([grade]);
});
