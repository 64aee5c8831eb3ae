import type { Cause, GapReason } from './cause.ts';
import type { Level } from './level.ts';
import type { EpochMs } from './time.ts';

/**
 * A stretch of one state. It begins at `at` (inclusive) and ends where the next one begins; the newest ends where
 * measuring ended. A stretch without data says why; every other says its cause.
 */
export type Span =
  | {
      readonly at: EpochMs;
      readonly level: Exclude<Level, 'no-data'>;
      readonly cause: Cause;
      readonly confirmedAt: EpochMs;
    }
  | { readonly at: EpochMs; readonly level: 'no-data'; readonly gap: GapReason };

/** A span cut to an interval: `from` inclusive, `to` exclusive. */
export type Stretch = Span & { readonly to: EpochMs };
