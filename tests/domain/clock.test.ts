import { expect, test } from 'vitest';
import { byUtc } from '#lib/domain/clock.ts';
import { DAY, MINUTE } from '#lib/domain/time.ts';
import { AT } from '#tests/support/facts.ts';

test.each([
  ['the time alone of a moment of today', AT - 60 * MINUTE, '13:02:11 UTC'],
  ['and of one later today', AT + MINUTE, '14:03:11 UTC'],
  ['the day of one before midnight', Date.UTC(2026, 10, 22, 23, 59, 58), '23:59:58 UTC on Sun 22 Nov'],
  ['the day of the same hour of last week', AT - 7 * DAY, '14:02:11 UTC on Mon 16 Nov'],
  ['a day of one figure as it is said', Date.UTC(2026, 10, 6, 9, 5, 1), '09:05:01 UTC on Fri 6 Nov'],
  ['the year of one of another year', Date.UTC(2025, 10, 23, 14, 2, 11), '14:02:11 UTC on Sun 23 Nov 2025'],
])('a clock tells %s', (_, at, told) => {
  expect(byUtc(at, AT)).toBe(told);
});
