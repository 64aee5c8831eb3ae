import type { Cause } from './cause.ts';
import type { FactName } from './facts.ts';
import type { RowId } from './rows/row.ts';
import type { EpochMs } from './time.ts';

/** high: two facts agree and none contradicts. medium: by exclusion. low: a pattern only. */
export const CONFIDENCES = ['high', 'medium', 'low'] as const;
export type Confidence = (typeof CONFIDENCES)[number];

export const OS_NAMES = ['macos', 'linux', 'any'] as const;
export type OsName = (typeof OS_NAMES)[number];

/** One fact as a sentence, when it was seen, and which fact it is. Never holds a secret or an environment. */
export type Evidence = { readonly fact: FactName; readonly text: string; readonly at: EpochMs };
/** `command` is null for a thing done by hand. */
export type Remedy = { readonly label: string; readonly os: OsName; readonly command: string | null };
/** What the phone app shows: its caption, and Apple's sentence for the code; no code when it got an HTTP answer. */
export type AppShows = { readonly code: number | null; readonly text: string; readonly caption: string };

export type Diagnosis = {
  readonly cause: Cause;
  readonly confidence: Confidence;
  /** The row of the decision table; null where the probe alone was enough to tell. */
  readonly row: RowId | null;
  /** How it came to this, in a sentence ("It was up until 14:02:11 (± 5 s) …"); null where nothing is known of that. */
  readonly story: string | null;
  readonly headline: string;
  readonly explanation: string;
  readonly appShows: AppShows | null;
  /** The facts that decided: those it rests on, and those that contradict it. */
  readonly by: readonly FactName[];
  /** All that bears on it, what decided first. */
  readonly evidence: readonly Evidence[];
  readonly remedies: readonly Remedy[];
};
