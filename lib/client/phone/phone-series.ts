import type { PhoneHistory } from '#lib/contract/phone.ts';
import { type DurationMs, type EpochMs, SECOND } from '#lib/domain/time.ts';

type PhoneBucketView = PhoneHistory['buckets'][number];

/** One step of the line phone → Mac. */
export type PhonePoint = {
  readonly at: EpochMs;
  readonly ms: DurationMs;
  /** The figure lies above the chart; it is drawn at the edge and marked. */
  readonly isAbove: boolean;
};

/** A phone that measures does so every 15 s, and steps may be shorter: so far apart two answers are still neighbours. */
const NEIGHBOURS_MS: DurationMs = 30 * SECOND;

/**
 * The line phone → Mac as the pieces it has: it breaks where the app was not open and where nothing was answered. Oldest first,
 * none empty, cut at the ceiling.
 */
export function phoneLines(
  { buckets, bucketMs, to }: PhoneHistory,
  ceilingMs: DurationMs,
): readonly (readonly PhonePoint[])[] {
  const lines: PhonePoint[][] = [];
  let before: PhoneBucketView | undefined;
  for (const bucket of buckets) {
    const { at, p50Ms } = bucket;
    if (p50Ms !== undefined) {
      const middle = (at + Math.min(to, at + bucketMs)) / 2;
      const point = { at: middle, ms: Math.min(p50Ms, ceilingMs), isAbove: p50Ms > ceilingMs };
      const isJoined = before?.p50Ms !== undefined && at - before.at <= Math.max(bucketMs, NEIGHBOURS_MS);
      const last = lines.at(-1);
      if (isJoined && last !== undefined) last.push(point);
      else lines.push([point]);
    }
    before = bucket;
  }
  return lines;
}

/** When a phone had no answer to at least one of its requests: the middles of those steps. */
export const phoneFailures = ({ buckets, bucketMs, to }: PhoneHistory): readonly EpochMs[] =>
  buckets.filter(({ failed }) => failed > 0).map(({ at }) => (at + Math.min(to, at + bucketMs)) / 2);

/** The buckets by their beginnings, which are those of the Mac's own history. */
export const phoneBucketsByMoment = (history: PhoneHistory | undefined): ReadonlyMap<EpochMs, PhoneBucketView> =>
  new Map(history?.buckets.map((bucket) => [bucket.at, bucket]));
