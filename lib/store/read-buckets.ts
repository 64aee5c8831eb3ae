import { type Bucket, bucketOf, mergeBuckets } from '#lib/domain/bucket.ts';
import { durationsOf } from '#lib/domain/spans.ts';
import type { DurationMs, EpochMs } from '#lib/domain/time.ts';
import type { Interval } from './history-store.ts';
import { readCounted } from './read-probes.ts';
import { type Reader, readStretches } from './read-spans.ts';
import { cut, filledUp, floorTo, readBucketRows, rolledUntil } from './roll-up.ts';
import { TIERS } from './tiers.ts';

export type BucketOptions = { readonly bucketMs: DurationMs; readonly measuredUntil: EpochMs };

/**
 * One bucket for each step of the interval, oldest first; the durations of all sum to `to - from`. Reads the coarsest kept
 * buckets that fit in a step where they are closed, then finer ones, then probes and spans. Throws a RangeError when `from`
 * is on no bucket's edge.
 */
export async function readBuckets(
  reader: Reader,
  { from, to }: Interval,
  { bucketMs, measuredUntil }: BucketOptions,
): Promise<readonly Bucket[]> {
  if (from % bucketMs !== 0) throw new RangeError(`${from} is on no edge of buckets of ${bucketMs} ms.`);
  const settled = Math.min(to, (await rolledUntil(reader.db)) ?? from);
  const parts: Bucket[] = [];
  let cursor = from;
  for (const { table, lengthMs } of TIERS.toReversed()) {
    const end = floorTo(settled, lengthMs);
    if (bucketMs % lengthMs !== 0 || end <= cursor) continue;
    parts.push(...(await readBucketRows(reader, table, { from: cursor, to: end })));
    cursor = end;
  }
  parts.push(...(await openParts(reader, { from: cursor, to }, { bucketMs, measuredUntil })));
  const partsOf = Map.groupBy(parts, ({ at }) => floorTo(at, bucketMs));
  return stepsOf({ from, to }, bucketMs).map((step) =>
    filledUp(mergeBuckets(step.from, partsOf.get(step.from) ?? []), step.to - step.from),
  );
}

/** The rest, that no kept bucket tells of, from probes and spans. */
async function openParts(
  reader: Reader,
  rest: Interval,
  { bucketMs, measuredUntil }: BucketOptions,
): Promise<readonly Bucket[]> {
  if (rest.to <= rest.from) return [];
  const probes = await readCounted(reader, rest);
  const stretches = await readStretches(reader, rest, measuredUntil);
  const probesOf = Map.groupBy(probes, ({ at }) => floorTo(at, bucketMs));
  return stepsOf(rest, bucketMs).map((step) =>
    bucketOf(step.from, durationsOf(cut(stretches, step)), probesOf.get(floorTo(step.from, bucketMs)) ?? []),
  );
}

/** The steps of an interval; the first and the last may be cut. */
function stepsOf({ from, to }: Interval, bucketMs: DurationMs): readonly Interval[] {
  const steps: Interval[] = [];
  for (let at = floorTo(from, bucketMs); at < to; at += bucketMs) {
    steps.push({ from: Math.max(at, from), to: Math.min(at + bucketMs, to) });
  }
  return steps;
}
