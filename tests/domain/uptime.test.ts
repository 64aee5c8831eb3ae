import { expect, test } from 'vitest';
import { sumDurations, uptimeOf } from '#lib/domain/uptime.ts';

test('uptime is measured against the time that was measured, not against the time that went by', () => {
  expect(uptimeOf({ readyMs: 60, degradedMs: 20, downMs: 20, gapMs: 100 })).toEqual({
    reachable: 0.8,
    ready: 0.6,
    measured: 0.5,
  });
});

test('an interval in which nothing was measured is neither up nor down', () => {
  const nothing = { reachable: null, ready: null, measured: 0 };
  expect(uptimeOf({ readyMs: 0, degradedMs: 0, downMs: 0, gapMs: 5_000 })).toEqual(nothing);
  expect(uptimeOf(sumDurations([]))).toEqual(nothing);
});

test('durations of buckets add up', () => {
  const minute = { readyMs: 1, degradedMs: 2, downMs: 3, gapMs: 4 };
  expect(sumDurations([minute, minute])).toEqual({ readyMs: 2, degradedMs: 4, downMs: 6, gapMs: 8 });
});
