import { NO_DIAGNOSIS } from '#lib/domain/diagnose.ts';
import type { Diagnosis } from '#lib/domain/diagnosis.ts';
import type { Facts } from '#lib/domain/facts.ts';
import type { Level } from '#lib/domain/level.ts';
import type { ProbeResult, Target } from '#lib/domain/probe.ts';
import type { Surroundings } from '#lib/domain/remedies.ts';
import type { DurationMs, EpochMs } from '#lib/domain/time.ts';
import type { View } from './view.ts';

/** What is shown, and the facts behind it. */
export type Known = {
  readonly level: Level;
  /** When the level began; null while nothing is known. */
  readonly since: EpochMs | null;
  readonly diagnosis: Diagnosis;
  readonly facts: Facts | null;
  /** What the owner had told when that was concluded; null where nothing was. */
  readonly around: Surroundings | null;
  /** A change that is seen and not confirmed. */
  readonly pending: { readonly level: Level; readonly since: EpochMs } | null;
};

/** What is shown now, at a level that began at `since`. */
export const knownFrom = (view: View, since: EpochMs | null): Known => ({
  level: view.level(),
  since,
  diagnosis: view.diagnosis(),
  facts: view.facts(),
  around: view.around(),
  pending: view.pending(),
});

export const NOTHING_KNOWN: Known = {
  level: 'no-data',
  since: null,
  diagnosis: NO_DIAGNOSIS,
  facts: null,
  around: null,
  pending: null,
};

/** What the monitor knows at this moment; nothing while it is stalled. */
export type Snapshot = Known & {
  /** When a probe at the name last told something: its end, or its silence beyond patience. Null before the first. */
  readonly checkedAt: EpochMs | null;
  /** Total time of the newest answer; null when the newest probe got none. */
  readonly lastMs: DurationMs | null;
  readonly target: Target | null;
  readonly rounds: number;
  readonly lastRoundAt: EpochMs | null;
  /** True when rounds are overdue. */
  readonly stalled: boolean;
  /** Until when the newest state is known to have lasted. */
  readonly measuredUntil: EpochMs;
  /** Why nothing is being kept; null when all is well. */
  readonly storageProblem: string | null;
  /** Set while the clock is behind what is already told: history goes on then. */
  readonly historyResumesAt: EpochMs | null;
};

/** One probe made on demand, and what it means with the facts at hand. */
export type LiveProbe = { readonly result: ProbeResult; readonly diagnosis: Diagnosis };
