import { expect, test } from 'vitest';
import { clockIn, isQuiet } from '#lib/domain/alert-quiet.ts';

const night = { from: '22:00', to: '07:00', timeZone: 'Europe/Berlin' };
const at = (iso: string): number => Date.parse(iso);

test('quiet hours pass midnight, begin with their first minute and end before their last', () => {
  const quiet = (local: string) => isQuiet(night, at(`2026-11-23T${local}+01:00`));
  expect(['21:59', '22:00', '23:59', '00:00', '06:59', '07:00', '12:00'].map((time) => quiet(`${time}:30`))).toEqual([
    false,
    true,
    true,
    true,
    true,
    false,
    false,
  ]);
});

test('they may lie within a day, and are none where both ends are the same', () => {
  const siesta = { ...night, from: '13:00', to: '15:00' };
  expect(isQuiet(siesta, at('2026-07-01T14:00+02:00'))).toBe(true);
  expect(isQuiet(siesta, at('2026-07-01T15:00+02:00'))).toBe(false);
  for (const hour of ['00', '09', '13', '23']) {
    expect(isQuiet({ ...night, from: '09:00', to: '09:00' }, at(`2026-07-01T${hour}:00+02:00`))).toBe(false);
  }
  expect(isQuiet(null, at('2026-07-01T03:00+02:00'))).toBe(false);
});

test('they follow the clock of their place when it is changed', () => {
  const early = { from: '02:30', to: '03:30', timeZone: 'Europe/Berlin' };
  // In spring the clock goes from 2:00 to 3:00: half of them does not come.
  expect(isQuiet(early, at('2026-03-29T00:45Z'))).toBe(false); // 1:45
  expect(isQuiet(early, at('2026-03-29T01:15Z'))).toBe(true); // 3:15
  expect(isQuiet(early, at('2026-03-29T01:45Z'))).toBe(false); // 3:45
  // In autumn 2:30 comes twice.
  expect(isQuiet(early, at('2026-10-25T00:40Z'))).toBe(true); // 2:40, summer time
  expect(isQuiet(early, at('2026-10-25T01:10Z'))).toBe(false); // 2:10, winter time
  expect(isQuiet(early, at('2026-10-25T01:40Z'))).toBe(true); // 2:40
});

test('a clock tells the day only where it is not today there', () => {
  const clock = clockIn('Asia/Tokyo');
  const now = at('2026-11-23T14:59:59Z'); // 23:59 there
  expect(clock(at('2026-11-22T15:00:00Z'), now)).toBe('00:00');
  expect(clock(at('2026-11-22T14:59:00Z'), now)).toBe('23:59 on Sun 22 Nov');
  expect(clock(at('2025-12-31T14:00:00Z'), now)).toBe('23:00 on Wed 31 Dec 2025');
  expect(() => clockIn('Mars/Olympus')).toThrow(RangeError);
});
