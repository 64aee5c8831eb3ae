import type { Cause } from './cause.ts';
import type { Confidence } from './diagnosis.ts';
import type { RowId } from './rows/row.ts';
import type { DurationMs, EpochMs } from './time.ts';

/** How a run of the owner's start command ended, and whether the server came back. */
export const RUN_OUTCOMES = [
  'up', // the probe saw the server answer
  'exited', // the command ended with an error, and the server is not up
  'not-up', // the command ended or went on, and the server did not come up in time
  'not-started', // the system would not start it
] as const;
export type RunOutcome = (typeof RUN_OUTCOMES)[number];

/** What an incident remembers beside its causes: why they were concluded, and what was done. */
export type Note = { readonly at: EpochMs } & (
  | {
      readonly kind: 'diagnosis';
      readonly cause: Cause;
      readonly row: RowId | null;
      readonly confidence: Confidence;
      readonly story: string | null;
      /** The facts that decided, as sentences. */
      readonly evidence: readonly string[];
    }
  | {
      /** `at` is when it was started. */
      readonly kind: 'remedy';
      readonly command: string;
      readonly outcome: RunOutcome;
      readonly exitCode: number | null;
      /** From its start until the server answered; null when it did not. */
      readonly upAfterMs: DurationMs | null;
      /** The end of what it printed, secrets left out. */
      readonly output: string;
    }
);
