import type { Cause } from './cause.ts';
import type { LatencySketch } from './latency-sketch.ts';
import type { Phase } from './probe.ts';
import type { DurationMs, EpochMs } from './time.ts';

/** How long each level lasted. Their sum is the length of what they describe. */
export type Durations = {
  readonly readyMs: DurationMs;
  readonly degradedMs: DurationMs;
  readonly downMs: DurationMs;
  readonly gapMs: DurationMs;
};

/** One step of a chart: what happened from `at` (inclusive) for the bucket's length. Buckets merge without loss. */
export type Bucket = Durations & {
  readonly at: EpochMs;
  /** Probes at the name target that were believed. */
  readonly count: number;
  /** Total times of the answered ones. Failures stay out. */
  readonly latency: LatencySketch;
  /** Sum of each phase over the answered probes that entered it, and how many did. */
  readonly phases: Readonly<Partial<Record<Phase, { readonly sumMs: DurationMs; readonly count: number }>>>;
  /** How many probes ended in each cause other than `healthy`. */
  readonly causes: Readonly<Partial<Record<Cause, number>>>;
};
