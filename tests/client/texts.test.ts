import { describe, expect, test } from 'vitest';
import { clockText } from '#lib/client/clock-text.ts';
import { durationText } from '#lib/client/duration-text.ts';
import { latencyText } from '#lib/client/latency-text.ts';
import { percentText } from '#lib/client/percent-text.ts';
import { DAY, HOUR, MINUTE, SECOND } from '#lib/domain/time.ts';

describe('a duration', () => {
  test.each([
    [0, '0 s'],
    [-5 * SECOND, '0 s'],
    [59_999, '59 s'],
    [4 * MINUTE + 59 * SECOND, '4 min'],
    [3 * HOUR + 12 * MINUTE, '3 h 12 min'],
    [7 * HOUR, '7 h'],
    [DAY, '1 day'],
    [2 * DAY + 5 * HOUR, '2 days 5 h'],
    [106 * DAY + 7 * HOUR, '106 days'],
  ])('of %i ms reads %s', (ms, text) => expect(durationText(ms)).toBe(text));
});

describe('a latency', () => {
  test.each([
    [0.42, '0.4 ms'],
    [9.96, '10 ms'],
    [13.6, '14 ms'],
    [999.6, '1.0 s'],
    [1_312, '1.3 s'],
  ])('of %d ms reads %s', (ms, text) => expect(latencyText(ms)).toBe(text));
});

describe('a ratio', () => {
  test.each([
    [1, '100 %'],
    [0.99996, '99.99 %'],
    [0.9999999999, '99.99 %'],
    [0.992, '99.2 %'],
    [0.57, '57 %'],
    [0.95999, '95.9 %'],
    [0.00004, '< 0.1 %'],
    [0, '0 %'],
    [null, 'no data yet'],
  ])('of %d never claims more than is true: %s', (ratio, text) => expect(percentText(ratio)).toBe(text));
});

describe('a moment', () => {
  const now = new Date(2026, 10, 24, 14, 30).getTime();
  test.each([
    [new Date(2026, 10, 24, 14, 2), '14:02'],
    [new Date(2026, 10, 23, 23, 59), 'yesterday 23:59'],
    [new Date(2026, 10, 20, 9, 5), 'Fri 09:05'],
    [new Date(2026, 10, 12, 9, 5), '12 Nov 09:05'],
    [new Date(2025, 10, 12, 9, 5), '12 Nov 2025 09:05'],
  ])('%s is told as short as it stays clear', (at, text) => expect(clockText(at.getTime(), now)).toBe(text));

  test('on any day of a year names are those of British English', () => {
    const year = { day: 'numeric', month: 'short', year: 'numeric' } as const;
    for (let day = 0; day < 365; day += 1) {
      const at = new Date(2025, 0, 1 + day, 7, 8);
      expect(clockText(at.getTime(), now + 366 * 86_400_000)).toBe(`${at.toLocaleDateString('en-GB', year)} 07:08`);
      const weekday = at.toLocaleDateString('en-GB', { weekday: 'short' });
      expect(clockText(at.getTime(), new Date(2025, 0, 4 + day).getTime())).toBe(`${weekday} 07:08`);
    }
  });
});
