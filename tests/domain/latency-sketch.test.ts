import { expect, test } from 'vitest';
import {
  addLatency,
  emptySketch,
  maxOf,
  mergeSketches,
  minOf,
  quantile,
  RELATIVE_ERROR,
  sketchOf,
} from '#lib/domain/latency-sketch.ts';
import { fc } from '#tests/support/fast-check.ts';

/** From below a microsecond to the longest a probe may take, every order of magnitude as likely. */
const latency = fc.double({ min: -4, max: 4, noNaN: true }).map((exponent) => 10 ** exponent);
const latencies = fc.array(latency, { minLength: 1, maxLength: 300 });
const micro = (ms: number) => Math.round(ms * 1_000) / 1_000;

test('every quantile is within one percent of the exact one of the same rank', () => {
  fc.assert(
    fc.property(latencies, fc.double({ min: 0, max: 1, noNaN: true }), (values, q) => {
      const sorted = values.map(micro).sort((a, b) => a - b);
      const exact = sorted[Math.floor(q * (sorted.length - 1))] ?? Number.NaN;
      const told = quantile(sketchOf(values), q) ?? Number.NaN;
      expect(Math.abs(told - exact)).toBeLessThanOrEqual(Math.max(exact * RELATIVE_ERROR * 1.000001, 0.001));
    }),
  );
});

test('merging sketches gives the sketch of all their values', () => {
  fc.assert(
    fc.property(fc.array(fc.array(latency, { maxLength: 40 }), { maxLength: 12 }), (parts) => {
      expect(mergeSketches(parts.map(sketchOf))).toEqual(sketchOf(parts.flat()));
    }),
  );
});

test('count, sum, least and greatest are exact to the microsecond', () => {
  const sketch = sketchOf([3.1, 0.25, 812.004, 3.1]);
  expect(sketch).toMatchObject({ count: 4, sumMicros: 818_454 });
  expect(minOf(sketch)).toBe(0.25);
  expect(maxOf(sketch)).toBe(812.004);
});

test('a single latency is told exactly', () => {
  expect(quantile(sketchOf([41.337]), 0.95)).toBe(41.337);
});

test('nothing measured has no quantile, which is not 0 ms', () => {
  expect(quantile(emptySketch(), 0.5)).toBeNull();
  expect(minOf(emptySketch())).toBeNull();
  expect(maxOf(emptySketch())).toBeNull();
});

test('a latency below a microsecond counts in the lowest bin', () => {
  expect(quantile(sketchOf([0, 0.0002, 0.0007]), 1)).toBeLessThanOrEqual(0.001);
});

test('adding leaves the sketch it was added to as it was', () => {
  const before = sketchOf([1]);
  const after = addLatency(before, 2);
  expect([before.count, after.count]).toEqual([1, 2]);
});

test('a negative or endless latency is our own mistake and is refused', () => {
  expect(() => sketchOf([-1])).toThrow(RangeError);
  expect(() => sketchOf([Number.POSITIVE_INFINITY])).toThrow(RangeError);
  expect(() => sketchOf([Number.NaN])).toThrow(RangeError);
});

test('a day of minutes merges in a moment', () => {
  const minutes = Array.from({ length: 1_440 }, (_, m) =>
    sketchOf(Array.from({ length: 12 }, (_, k) => 20 + ((m * 7 + k * 13) % 50))),
  );
  mergeSketches(minutes);
  const startedAt = performance.now();
  mergeSketches(minutes);
  expect(performance.now() - startedAt).toBeLessThan(10_000);
});
