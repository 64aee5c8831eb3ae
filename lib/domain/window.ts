import { DAY, type DurationMs, type EpochMs, HOUR, MINUTE, SECOND } from './time.ts';

/** What a chart can show, shortest first. */
export const WINDOWS = ['1h', '24h', '7d', '30d', '90d', '1y'] as const;
export type Window = (typeof WINDOWS)[number];

type Shape = { readonly lengthMs: DurationMs; readonly bucketMs: DurationMs };

/** Every window in at most 400 buckets, each a whole number of stored ones (minute, hour, day; raw probes below a minute). */
export const SHAPES: Readonly<Record<Window, Shape>> = {
  '1h': { lengthMs: HOUR, bucketMs: 10 * SECOND },
  '24h': { lengthMs: DAY, bucketMs: 5 * MINUTE },
  '7d': { lengthMs: 7 * DAY, bucketMs: HOUR },
  '30d': { lengthMs: 30 * DAY, bucketMs: 2 * HOUR },
  '90d': { lengthMs: 90 * DAY, bucketMs: 6 * HOUR },
  '1y': { lengthMs: 365 * DAY, bucketMs: DAY },
};

/** The interval a window covers at `now`: it begins on a bucket's edge and ends now, so its last bucket is still open. */
export function intervalOf(window: Window, now: EpochMs): { from: EpochMs; to: EpochMs; bucketMs: DurationMs } {
  const { lengthMs, bucketMs } = SHAPES[window];
  return { from: Math.floor((now - lengthMs) / bucketMs) * bucketMs, to: now, bucketMs };
}
