import type { Cause, GapReason } from './cause.ts';
import type { EpochMs } from './time.ts';

/** One chapter of an incident: a cause it went through, or a gap in which nobody looked. */
export type Chapter = { readonly at: EpochMs; readonly to: EpochMs | null } & (
  | { readonly cause: Cause }
  | { readonly gap: GapReason }
);

/** An unbroken stretch of not-ready. Its id is the moment it started, so it can be found again. */
export type Incident = {
  readonly id: string;
  readonly startedAt: EpochMs;
  /** When the confirming probes had agreed. */
  readonly confirmedAt: EpochMs;
  /** Null while it lasts. */
  readonly endedAt: EpochMs | null;
  /** True when it was over after a gap: the end is then the last moment it was seen. */
  readonly endUnseen: boolean;
  /** The worst level it reached. */
  readonly level: 'degraded' | 'down';
  /** The cause that lasted longest. */
  readonly cause: Cause;
  readonly chapters: readonly Chapter[];
};
