import { DAY, type DurationMs, HOUR, MINUTE } from '#lib/domain/time.ts';
import type { Tables } from './schema.ts';

export type TierName = keyof Pick<Tables, 'minute' | 'hour' | 'quarter_day' | 'day'>;

export type Tier = {
  readonly table: TierName;
  readonly lengthMs: DurationMs;
  /** Endless for those that are kept for ever. */
  readonly keptMs: DurationMs;
};

/**
 * The kept buckets, finest first; each is made of the one before. Quarters of a day are there for the chart of 90 days, which
 * read 2,160 hours in 9 ms and reads 360 quarters in 2 ms.
 */
export const TIERS: readonly Tier[] = [
  { table: 'minute', lengthMs: MINUTE, keptMs: 90 * DAY },
  { table: 'hour', lengthMs: HOUR, keptMs: 730 * DAY },
  { table: 'quarter_day', lengthMs: 6 * HOUR, keptMs: 730 * DAY },
  { table: 'day', lengthMs: DAY, keptMs: Number.POSITIVE_INFINITY },
];
