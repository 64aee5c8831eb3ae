import type { BucketView, History } from '#lib/contract/history.ts';
import type { Cause } from '#lib/domain/cause.ts';
import { PATIENCE_MS } from '#lib/domain/probe.ts';
import type { DurationMs, EpochMs } from '#lib/domain/time.ts';

/** One step of the latency line; null where nothing was answered, and the line breaks there. */
export type LatencyPoint = {
  readonly at: EpochMs;
  readonly p50: DurationMs | null;
  readonly band: readonly [DurationMs, DurationMs] | null;
  /** True when a figure lies above the chart; it is drawn at the edge and marked. */
  readonly above: boolean;
  /** True when no neighbour can be joined to it, so that it needs a dot to be seen. */
  readonly alone: boolean;
  readonly bucket: BucketView;
};

/** A stretch in which checks failed, marked at its time. `single`: seen, but never confirmed as a level. */
export type FailureMark = {
  readonly kind: 'down' | 'degraded' | 'single';
  readonly from: EpochMs;
  readonly to: EpochMs;
  readonly cause: Cause | null;
};

/** Round numbers a chart may end at; halves of them are round as well. */
const ROUND = [1, 2, 3, 4, 6, 8, 10];

const roundUp = (ms: DurationMs): DurationMs => {
  const power = 10 ** Math.floor(Math.log10(ms));
  return (ROUND.find((step) => step * power >= ms) ?? 10) * power;
};

/**
 * Where the chart ends: a round number above 98 % of the p95 figures, so that a lone outlier does not flatten the rest. Shows the
 * patience line as soon as figures come near it.
 */
export function ceilingOf(buckets: readonly Pick<BucketView, 'p50Ms' | 'p95Ms'>[]): DurationMs {
  const figures = buckets.flatMap(({ p50Ms, p95Ms }) => p95Ms ?? p50Ms ?? []).sort((a, b) => a - b);
  const usual = figures[Math.floor((figures.length - 1) * 0.98)] ?? 0;
  const ceiling = roundUp(Math.max(usual * 1.2, 4));
  return ceiling >= PATIENCE_MS * 0.6 ? Math.max(ceiling, PATIENCE_MS * 1.2) : ceiling;
}

/** A bucket without a figure leaves the line whole only when its time was ready all the same (probes rarer than buckets). */
const breaksLine = ({ p50Ms, gapMs, degradedMs, downMs }: BucketView): boolean =>
  p50Ms === undefined && gapMs + degradedMs + downMs > 0;

/** The line and the band, oldest first, cut at the ceiling. */
export function latencyPoints({ buckets, bucketMs, to }: History, ceilingMs: DurationMs): readonly LatencyPoint[] {
  const drawn = buckets.filter((bucket) => bucket.p50Ms !== undefined || breaksLine(bucket));
  return drawn.map((bucket, index) => {
    const { at, p50Ms, p05Ms = p50Ms, p95Ms = p50Ms } = bucket;
    const middle = (at + Math.min(to, at + bucketMs)) / 2;
    if (p50Ms === undefined || p05Ms === undefined || p95Ms === undefined) {
      return { at: middle, p50: null, band: null, above: false, alone: false, bucket };
    }
    const isJoined = (neighbour: BucketView | undefined) => neighbour?.p50Ms !== undefined;
    return {
      at: middle,
      p50: Math.min(p50Ms, ceilingMs),
      band: [Math.min(p05Ms, ceilingMs), Math.min(p95Ms, ceilingMs)],
      above: p95Ms > ceilingMs,
      alone: !isJoined(drawn[index - 1]) && !isJoined(drawn[index + 1]),
      bucket,
    };
  });
}

function kindOf({ downMs, degradedMs, causes }: BucketView): FailureMark['kind'] | null {
  if (downMs > 0) return 'down';
  if (degradedMs > 0) return 'degraded';
  return mainCause(causes) === null ? null : 'single';
}

/** The cause most probes ended in; null when none failed. */
function mainCause(causes: BucketView['causes']): Cause | null {
  let main: Cause | null = null;
  let most = 0;
  for (const [cause, count] of Object.entries(causes) as [Cause, number][]) {
    if (count > most) [main, most] = [cause, count];
  }
  return main;
}

/** Failures at their time, oldest first; neighbouring buckets of one kind are one mark. */
export function failureMarks({ buckets, bucketMs, to }: History): readonly FailureMark[] {
  const marks: FailureMark[] = [];
  for (const bucket of buckets) {
    const kind = kindOf(bucket);
    if (kind === null) continue;
    const end = Math.min(to, bucket.at + bucketMs);
    const last = marks.at(-1);
    if (last?.kind === kind && last.to === bucket.at) marks[marks.length - 1] = { ...last, to: end };
    else marks.push({ kind, from: bucket.at, to: end, cause: mainCause(bucket.causes) });
  }
  return marks;
}
