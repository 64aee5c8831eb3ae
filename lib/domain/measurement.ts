import type { Cause } from './cause.ts';
import type { Note } from './note.ts';
import type { ProbeResult } from './probe.ts';
import type { Span } from './timeline.ts';

/** One probe as it is kept: what it saw, what that alone would mean, and whether to believe it. */
export type Measurement = {
  readonly result: ProbeResult;
  /** The cause concluded from this probe and the facts of its round, before any confirmation. */
  readonly cause: Cause;
  /** True when our own event loop was busy meanwhile: kept, but counted in no bucket and in no level. */
  readonly late: boolean;
};

/** What one round of the monitor adds to the history. */
export type RoundRecord = {
  readonly measurements: readonly Measurement[];
  /** Spans that began, oldest first. One that begins where another already does replaces it. */
  readonly spans: readonly Span[];
  /** What was concluded and done meanwhile; absent when nothing was. */
  readonly notes?: readonly Note[];
};
