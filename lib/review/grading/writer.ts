import type { GatewayKind } from '#lib/domain/review/gateway.ts';
import type { Grade, Outcome } from '#lib/domain/review/grading.ts';
import type { Intent } from '#lib/domain/review/ledger.ts';
import type { DurationMs, EpochMs } from '#lib/domain/time.ts';

/** One attempt to have a grade counted. */
export type Attempt = {
  readonly grade: Grade;
  /** Full name of the deck that is being reviewed; null: every deck. */
  readonly deck: string | null;
  /** For each call. */
  readonly patienceMs: DurationMs;
  /** The profile that was open in Anki at the last grade it was asked to count; null where that is not known. */
  readonly lastProfile: () => Promise<string | null>;
  /** Awaited right before Anki is asked to count; where it rejects, Anki is not asked. */
  readonly intend: (intent: Intent) => Promise<void>;
};

/** What came of it. Details are sentences. */
export type Written =
  | {
      readonly came: 'outcome';
      readonly outcome: Outcome;
      readonly reviewedToday: number | null;
      /** The card that Anki shows now; null where it was not asked or shows none. */
      readonly nextCardId: number | null;
    }
  /** Nothing was counted. `asked: false`: Anki cannot be reached this way, so there is no use in asking for others now. */
  | { readonly came: 'nothing'; readonly asked: boolean; readonly detail: string }
  /** It may have been counted, or still will be. */
  | { readonly came: 'unknown'; readonly detail: string };

/** A grade of which it is not known whether it was counted. */
export type Unknown = { readonly grade: Grade; readonly intent: Intent; readonly patienceMs: DurationMs };

/** What is found out afterwards: null for "nothing was counted, and nothing will be". */
export type Proof = { readonly proved: Outcome | null } | { readonly proved: 'not-yet'; readonly detail: string };

/** One way to have a grade counted in Anki. Nothing rejects, but for `intend`. */
export type Writer = {
  readonly kind: GatewayKind;
  /** Whether a grade can be judged by it at all. */
  readonly takes: (grade: Grade) => boolean;
  readonly write: (attempt: Attempt) => Promise<Written>;
  /** Of a grade of its own whose effect is unknown. */
  readonly prove: (unknown: Unknown) => Promise<Proof>;
};

/** Time as a parameter; `dayBegan`: when the day of Anki began that holds the given moment. */
export type GradingClock = {
  readonly now: () => EpochMs;
  readonly dayBegan: (at: EpochMs) => EpochMs;
  readonly sleep: (ms: number) => Promise<void>;
};

/** An outcome that nothing in Anki stands for. */
export const settledAs = (outcome: Outcome): Written => ({
  came: 'outcome',
  outcome,
  reviewedToday: null,
  nextCardId: null,
});
