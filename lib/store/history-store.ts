import type { Bucket } from '#lib/domain/bucket.ts';
import type { Measurement, RoundRecord } from '#lib/domain/measurement.ts';
import type { Note } from '#lib/domain/note.ts';
import type { DurationMs, EpochMs } from '#lib/domain/time.ts';
import type { Span, Stretch } from '#lib/domain/timeline.ts';

export type Interval = { readonly from: EpochMs; readonly to: EpochMs };

/** Where the history is kept. Every method throws a StorageError when the disk or the file refuses. */
export type HistoryStore = {
  /** Keeps one round in one transaction. A probe already kept for the same moment and target is replaced. */
  record(round: RoundRecord): Promise<void>;

  /** Rolls up every minute, hour and day that ended at or before `settledUntil`, once each. No span may begin before it afterwards. */
  rollUp(settledUntil: EpochMs): Promise<void>;

  /** Forgets what is past its retention, a bounded number of rows a call. */
  forget(now: EpochMs): Promise<void>;

  /** The newest span, and the last moment a believed probe at the name target spoke for (its start plus its total time). */
  newest(): Promise<{ readonly span: Span | null; readonly measuredUntil: EpochMs | null }>;

  /**
   * The states of an interval, oldest first, without holes: their lengths sum to `to - from`. What no span covers, before
   * the first one and from `measuredUntil` on, is a gap (`stopped`).
   */
  stretches(interval: Interval, measuredUntil: EpochMs): Promise<readonly Stretch[]>;

  /**
   * Buckets from `from` (on a bucket's edge) to `to` (the last one may be open), oldest first, one for each step even when
   * empty. `bucketMs` is one of the windows' steps. Durations of all sum to `to - from`.
   */
  buckets(
    interval: Interval,
    options: { readonly bucketMs: DurationMs; readonly measuredUntil: EpochMs },
  ): Promise<readonly Bucket[]>;

  /**
   * The spans that begin in the interval and, before it, back to where the server was last ready, so that an incident under
   * way at `from` is whole. Newest first, at most `limit`.
   */
  spansFor(interval: Interval, limit: number): Promise<readonly Span[]>;

  /**
   * What was concluded and done in the interval, in order of time; of more than 2,000 the newest. A note is kept cut to 8 KB,
   * once for a moment and what it is about.
   */
  notes(interval: Interval): Promise<readonly Note[]>;

  /** Kept probes of an interval in order of time, read in bounded batches. */
  measurements(interval: Interval): AsyncIterable<Measurement>;

  close(): Promise<void>;
};
