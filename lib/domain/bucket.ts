import { CAUSES, type Cause } from './cause.ts';
import { type LatencySketch, mergeSketches, sketchOf } from './latency-sketch.ts';
import { PHASES, type Phase, type PhaseTimings } from './probe.ts';
import type { DurationMs, EpochMs } from './time.ts';
import { sumDurations } from './uptime.ts';

/** How long each level lasted. Their sum is the length of what they describe. */
export type Durations = {
  readonly readyMs: DurationMs;
  readonly degradedMs: DurationMs;
  readonly downMs: DurationMs;
  readonly gapMs: DurationMs;
};

export type PhaseSums = Readonly<Partial<Record<Phase, { readonly sumMs: DurationMs; readonly count: number }>>>;

/** One step of a chart: what happened from `at` (inclusive) for the bucket's length. Buckets merge without loss. */
export type Bucket = Durations & {
  readonly at: EpochMs;
  /** Probes at the name target that were believed. */
  readonly count: number;
  /** Total times of the answered ones. Failures stay out. */
  readonly latency: LatencySketch;
  /** Sum of each phase over the answered probes that entered it, and how many did. */
  readonly phases: PhaseSums;
  /** How many probes ended in each cause other than `healthy`. */
  readonly causes: Readonly<Partial<Record<Cause, number>>>;
};

/** What a bucket counts of one believed probe at the name target. */
export type Counted = {
  readonly cause: Cause;
  readonly answered: boolean;
  readonly totalMs: DurationMs;
  readonly timings: PhaseTimings;
};

/** What these probes and the states they led to look like as one bucket. */
export function bucketOf(at: EpochMs, durations: Durations, probes: readonly Counted[]): Bucket {
  const answered = probes.filter((probe) => probe.answered);
  const each = answered.map(({ timings }) => timings);
  const ofPhase = (phase: Phase) => each.map((timings) => timings[phase]).filter((ms) => ms !== undefined);
  return {
    at,
    ...durations,
    count: probes.length,
    latency: sketchOf(answered.map(({ totalMs }) => totalMs)),
    phases: phaseSums((phase) => ofPhase(phase).map((sumMs) => ({ sumMs, count: 1 }))),
    causes: sumCauses(probes.map(({ cause }) => (cause === 'healthy' ? {} : { [cause]: 1 }))),
  };
}

/** One bucket of all of them, beginning at `at`. Exactly the one that everything in them together would make. */
export function mergeBuckets(at: EpochMs, buckets: readonly Bucket[]): Bucket {
  const ofPhase = (phase: Phase) => buckets.map(({ phases }) => phases[phase]).filter((sum) => sum !== undefined);
  return {
    at,
    ...sumDurations(buckets),
    count: buckets.reduce((sum, { count }) => sum + count, 0),
    latency: mergeSketches(buckets.map(({ latency }) => latency)),
    phases: phaseSums(ofPhase),
    causes: sumCauses(buckets.map(({ causes }) => causes)),
  };
}

type PhaseSum = { readonly sumMs: DurationMs; readonly count: number };

/** Sums are kept to the microsecond, so that their order cannot matter. */
function phaseSums(parts: (phase: Phase) => readonly PhaseSum[]): PhaseSums {
  const sums: Partial<Record<Phase, PhaseSum>> = {};
  for (const phase of PHASES) {
    const all = parts(phase);
    if (all.length === 0) continue;
    const micros = all.reduce((sum, { sumMs }) => sum + Math.round(sumMs * 1_000), 0);
    sums[phase] = { sumMs: micros / 1_000, count: all.reduce((sum, { count }) => sum + count, 0) };
  }
  return sums;
}

function sumCauses(all: readonly Bucket['causes'][]): Bucket['causes'] {
  const sums: Partial<Record<Cause, number>> = {};
  for (const causes of all) {
    for (const cause of CAUSES) {
      const count = causes[cause];
      if (count !== undefined) sums[cause] = (sums[cause] ?? 0) + count;
    }
  }
  return sums;
}
