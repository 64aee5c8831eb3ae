import { expect, test } from 'vitest';
import { latencyPaths } from '#lib/client/latency-paths.ts';
import { ceilingOf, latencyPoints } from '#lib/client/latency-series.ts';
import { sampleHistory } from '#tests/support/sample-history.ts';

const FRAME = { from: 0, to: 100, ceilingMs: 40 };
const bucket = { at: 0, readyMs: 1, degradedMs: 0, downMs: 0, gapMs: 0, count: 1, causes: {} };
const point = (at: number, p50: number | null, band: readonly [number, number] | null = [10, 20]) => ({
  at,
  p50,
  band: p50 === null ? null : band,
  above: false,
  alone: false,
  bucket,
});

test('the line goes from left to right and the faster is the lower', () => {
  const { line, band, dots } = latencyPaths([point(0, 40), point(50, 10), point(100, 0)], FRAME);
  expect(line).toBe('M0 0L500 750L1000 1000');
  expect(band).toBe('M0 500L500 500L1000 500L1000 750L500 750L0 750Z');
  expect(dots).toEqual([]);
});

test('where nothing was answered the line is broken, and a lone point is a dot', () => {
  const { line, band, dots } = latencyPaths([point(0, 20), point(20, 20), point(40, null), point(60, 20)], FRAME);
  expect(line).toBe('M0 500L200 500M600 500');
  expect(band.match(/M/g)).toHaveLength(2);
  expect(dots).toEqual([{ x: 600, y: 500 }]);
});

test('nothing answered draws nothing', () => {
  expect(latencyPaths([point(0, null)], FRAME)).toEqual({ line: '', band: '', dots: [] });
});

test('a day as measured stays within its frame', () => {
  const history = sampleHistory('24h', 1_764_000_000_000);
  const ceilingMs = ceilingOf(history.buckets);
  const { line, band } = latencyPaths(latencyPoints(history, ceilingMs), { ...history, ceilingMs });
  const places = [...`${line} ${band}`.matchAll(/-?\d+(\.\d+)?/g)].map(([text]) => Number(text));
  expect(places.length).toBeGreaterThan(100);
  expect(Math.min(...places)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...places)).toBeLessThanOrEqual(1_000);
});
