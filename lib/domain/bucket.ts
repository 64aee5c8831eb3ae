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
  return {
    at,
    ...durations,
    count: probes.length,
    latency: sketchOf(answered.map(({ totalMs }) => totalMs)),
    phases: sumPhases(answered, ({ timings }, phase) => {
      const sumMs = timings[phase];
      return sumMs === undefined ? undefined : { sumMs, count: 1 };
    }),
    causes: sumCauses(
      probes.filter(({ cause }) => cause !== 'healthy'),
      (probe, cause) => (probe.cause === cause ? 1 : 0),
    ),
  };
}

/** One bucket of all of them, beginning at `at`. Exactly the one that everything in them together would make. */
export function mergeBuckets(at: EpochMs, buckets: readonly Bucket[]): Bucket {
  const [first, ...others] = buckets;
  if (first !== undefined && others.length === 0) return { ...first, at };
  return {
    at,
    ...sumDurations(buckets),
    count: buckets.reduce((sum, { count }) => sum + count, 0),
    latency: mergeSketches(buckets.map(({ latency }) => latency)),
    phases: sumPhases(buckets, ({ phases }, phase) => phases[phase]),
    causes: sumCauses(buckets, ({ causes }, cause) => causes[cause] ?? 0),
  };
}

type PhaseSum = { readonly sumMs: DurationMs; readonly count: number };

/** Sums are kept to the microsecond, so that their order cannot matter. */
function sumPhases<T>(all: readonly T[], partOf: (item: T, phase: Phase) => PhaseSum | undefined): PhaseSums {
  const sums: Partial<Record<Phase, PhaseSum>> = {};
  for (const phase of PHASES) {
    let micros = 0;
    let count = 0;
    for (const item of all) {
      const part = partOf(item, phase);
      micros += part === undefined ? 0 : Math.round(part.sumMs * 1_000);
      count += part?.count ?? 0;
    }
    if (count > 0) sums[phase] = { sumMs: micros / 1_000, count };
  }
  return sums;
}

function sumCauses<T>(all: readonly T[], countOf: (item: T, cause: Cause) => number): Bucket['causes'] {
  const sums: Partial<Record<Cause, number>> = {};
  if (all.length === 0) return sums;
  for (const cause of CAUSES) {
    const count = all.reduce((sum, item) => sum + countOf(item, cause), 0);
    if (count > 0) sums[cause] = count;
  }
  return sums;
}
