import type { Transaction } from 'kysely';
import { emptySketch, type LatencySketch, mergeSketches, sketchOf } from '#lib/domain/latency-sketch.ts';
import type { PhoneSample } from '#lib/domain/phone-sample.ts';
import { DAY, type DurationMs, type EpochMs, HOUR } from '#lib/domain/time.ts';
import type { Interval } from './history-store.ts';
import type { DevicesDb, DeviceTables, PhoneBucketTable } from './open-devices.ts';
import { outcomeAt } from './phone-row.ts';
import { readSketch, writeSketch } from './sketch-codec.ts';
import { VarintReader, VarintWriter } from './varint.ts';

/** What all phones measured in one step of a chart. */
export type PhoneBucket = {
  readonly at: EpochMs;
  readonly answered: number;
  readonly failed: number;
  /** Of the answered requests. */
  readonly latency: LatencySketch;
};

/** The steps that are kept: a year is read from its days, not from its samples. */
const STEPS: readonly DurationMs[] = [HOUR, DAY];

/** Counts samples that were not counted before in the buckets of their time. */
export async function countInBuckets(db: Transaction<DeviceTables>, samples: readonly PhoneSample[]): Promise<void> {
  for (const step of STEPS) {
    for (const added of bucketsOf(samples, step)) {
      const kept = await db
        .selectFrom('phone_bucket')
        .selectAll()
        .where('step', '=', step)
        .where('at', '=', added.at)
        .executeTakeFirst();
      const bucket = kept === undefined ? added : merged(added.at, [bucketOfRow(kept), added]);
      await db.replaceInto('phone_bucket').values(rowOf(bucket, step)).execute();
    }
  }
}

/**
 * The buckets of an interval that have samples, oldest first. `bucketMs` is one of the windows' steps; from an hour on they are
 * made of those that are kept.
 */
export async function readPhoneBuckets(
  db: DevicesDb,
  { from, to }: Interval,
  bucketMs: DurationMs,
): Promise<readonly PhoneBucket[]> {
  const step = STEPS.findLast((each) => bucketMs % each === 0);
  if (step === undefined) return bucketsOf(await samplesIn(db, { from, to }), bucketMs);
  const rows = await db
    .selectFrom('phone_bucket')
    .selectAll()
    .where('step', '=', step)
    .where('at', '>=', from)
    .where('at', '<=', to)
    .orderBy('at')
    .execute();
  const grouped = Map.groupBy(rows, ({ at }) => Math.floor(at / bucketMs) * bucketMs);
  return [...grouped].map(([at, own]) => merged(at, own.map(bucketOfRow)));
}

async function samplesIn(db: DevicesDb, { from, to }: Interval): Promise<readonly PhoneSample[]> {
  const rows = await db
    .selectFrom('sample')
    .select(['at', 'outcome', 'ms'])
    .where('at', '>=', from)
    .where('at', '<=', to)
    .orderBy('at')
    .execute();
  return rows.map(({ at, outcome, ms }) => ({ at, outcome: outcomeAt(outcome), ms }));
}

function bucketsOf(samples: readonly PhoneSample[], stepMs: DurationMs): readonly PhoneBucket[] {
  const grouped = Map.groupBy(samples, ({ at }) => Math.floor(at / stepMs) * stepMs);
  return [...grouped].map(([at, own]) => {
    const answered = own.filter(({ outcome }) => outcome === 'answered');
    return {
      at,
      answered: answered.length,
      failed: own.length - answered.length,
      latency: sketchOf(answered.map(({ ms }) => ms)),
    };
  });
}

const merged = (at: EpochMs, buckets: readonly PhoneBucket[]): PhoneBucket => ({
  at,
  answered: buckets.reduce((sum, { answered }) => sum + answered, 0),
  failed: buckets.reduce((sum, { failed }) => sum + failed, 0),
  latency: mergeSketches(buckets.map(({ latency }) => latency)),
});

function rowOf({ latency, ...counts }: PhoneBucket, step: DurationMs): PhoneBucketTable {
  const writer = new VarintWriter();
  writeSketch(writer, latency);
  return { step, ...counts, latency: writer.toBytes() };
}

/** A damaged one keeps its counts and has no latencies. */
function bucketOfRow({ at, answered, failed, latency }: PhoneBucketTable): PhoneBucket {
  return { at, answered, failed, latency: sketchIn(latency) };
}

function sketchIn(bytes: Uint8Array): LatencySketch {
  try {
    return readSketch(new VarintReader(bytes));
  } catch (fault) {
    if (!(fault instanceof RangeError)) throw fault;
    process.emitWarning(`The latencies of a damaged row of phone_bucket were left out: ${fault.message}`);
    return emptySketch();
  }
}
