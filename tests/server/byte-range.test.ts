import { expect, test } from 'vitest';
import { byteRangeOf } from '#lib/server/byte-range.ts';
import { fc } from '#tests/support/fast-check.ts';

test.each<[string | null, number, ReturnType<typeof byteRangeOf>]>([
  [null, 100, 'whole'],
  ['bytes=0-', 100, { start: 0, end: 100 }],
  ['bytes=0-1', 100, { start: 0, end: 2 }],
  ['bytes=0-0', 100, { start: 0, end: 1 }],
  ['bytes=99-99', 100, { start: 99, end: 100 }],
  ['bytes=50-1000', 100, { start: 50, end: 100 }],
  ['bytes=-10', 100, { start: 90, end: 100 }],
  ['bytes=-1000', 100, { start: 0, end: 100 }],
  ['Bytes=2-3', 100, { start: 2, end: 4 }],
  ['bytes=100-', 100, 'beyond'],
  ['bytes=100-200', 100, 'beyond'],
  ['bytes=-0', 100, 'beyond'],
  ['bytes=0-', 0, 'beyond'],
  ['bytes=99999999999999999999-', 100, 'beyond'],
  ['bytes=5-2', 100, 'whole'],
  ['bytes=-', 100, 'whole'],
  ['bytes=', 100, 'whole'],
  ['bytes=0-1,5-6', 100, 'whole'],
  ['bytes=a-b', 100, 'whole'],
  ['bytes=0x1-2', 100, 'whole'],
  ['items=0-1', 100, 'whole'],
  ['bytes= 0-1', 100, 'whole'],
])('%s of a file of %d bytes', (header, size, range) => {
  expect(byteRangeOf(header, size)).toEqual(range);
});

test('never asks for bytes that a file does not have, whatever is asked', () => {
  const header = fc.oneof(fc.string(), fc.stringMatching(/^bytes=\d{0,20}-\d{0,20}$/));
  fc.assert(
    fc.property(header, fc.nat(), (asked, size) => {
      const range = byteRangeOf(asked, size);
      if (typeof range === 'string') return;
      expect(range.start).toBeGreaterThanOrEqual(0);
      expect(range.start).toBeLessThan(range.end);
      expect(range.end).toBeLessThanOrEqual(size);
    }),
  );
});
