import { DAY, type DurationMs, HOUR, MINUTE } from '#lib/domain/time.ts';
import type { Tables } from './schema.ts';

export type TierName = keyof Omit<Tables, 'probe' | 'words' | 'span' | 'note' | 'progress'>;

export type Tier = {
  readonly table: TierName;
  readonly lengthMs: DurationMs;
  /** Endless for those that are kept for ever. */
  readonly keptMs: DurationMs;
};

/**
 * The kept buckets, finest first; each is made of the one before. Every window's step is among them: to merge 2,160 hours into
 * the steps of 90 days took 9 ms, to read the steps takes 2 ms.
 */
export const TIERS: readonly Tier[] = [
  { table: 'minute', lengthMs: MINUTE, keptMs: 90 * DAY },
  { table: 'five_minutes', lengthMs: 5 * MINUTE, keptMs: 90 * DAY },
  { table: 'hour', lengthMs: HOUR, keptMs: 730 * DAY },
  { table: 'two_hours', lengthMs: 2 * HOUR, keptMs: 730 * DAY },
  { table: 'quarter_day', lengthMs: 6 * HOUR, keptMs: 730 * DAY },
  { table: 'day', lengthMs: DAY, keptMs: Number.POSITIVE_INFINITY },
];
