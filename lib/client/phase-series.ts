import type { BucketView, History } from '#lib/contract/history.ts';
import { PHASES, type Phase } from '#lib/domain/probe.ts';
import type { DurationMs, EpochMs } from '#lib/domain/time.ts';

/** One step of the stacked phases: a phase that was not entered takes no height. Null where nothing was answered. */
export type PhasePoint = {
  readonly at: EpochMs;
  readonly stack: Readonly<Record<Phase, DurationMs>> | null;
  readonly bucket: BucketView;
};

const sumOf = ({ phasesMs }: BucketView): DurationMs =>
  PHASES.reduce((sum, phase) => sum + (phasesMs?.[phase] ?? 0), 0);

/** The phases that were entered at all in the window, in the order they happen. */
export const phasesSeen = ({ buckets }: History): readonly Phase[] =>
  PHASES.filter((phase) => buckets.some(({ phasesMs }) => phasesMs?.[phase] !== undefined));

/** The stack, oldest first. Where it is higher than the ceiling, every phase is scaled so that it ends there. */
export function phasePoints({ buckets, bucketMs, to }: History, ceilingMs: DurationMs): readonly PhasePoint[] {
  return buckets
    .filter(({ phasesMs, gapMs, downMs, degradedMs }) => phasesMs !== undefined || gapMs + downMs + degradedMs > 0)
    .map((bucket) => {
      const at = (bucket.at + Math.min(to, bucket.at + bucketMs)) / 2;
      const { phasesMs } = bucket;
      if (phasesMs === undefined) return { at, stack: null, bucket };
      const scale = Math.min(1, ceilingMs / Math.max(sumOf(bucket), 0.001));
      const high = (phase: Phase) => (phasesMs[phase] ?? 0) * scale;
      return {
        at,
        stack: {
          dns: high('dns'),
          tcp: high('tcp'),
          tls: high('tls'),
          firstByte: high('firstByte'),
          download: high('download'),
        },
        bucket,
      };
    });
}

/** The mean of each phase over the window, by answered probes; absent where it was never entered. */
export function phaseMeans({ buckets }: History): Readonly<Partial<Record<Phase, DurationMs>>> {
  const means: Partial<Record<Phase, DurationMs>> = {};
  for (const phase of PHASES) {
    let sum = 0;
    let count = 0;
    for (const bucket of buckets) {
      const mean = bucket.phasesMs?.[phase];
      if (mean === undefined) continue;
      sum += mean * bucket.count;
      count += bucket.count;
    }
    if (count > 0) means[phase] = sum / count;
  }
  return means;
}
