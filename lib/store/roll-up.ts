import { setImmediate as yieldToLoop } from 'node:timers/promises';
import { type Bucket, bucketOf, mergeBuckets } from '#lib/domain/bucket.ts';
import { durationsOf } from '#lib/domain/spans.ts';
import { type DurationMs, type EpochMs, MINUTE } from '#lib/domain/time.ts';
import type { Stretch } from '#lib/domain/timeline.ts';
import { bucketOfRow, rowOfBucket } from './bucket-row.ts';
import type { Interval } from './history-store.ts';
import { idFrom, momentOf } from './probe-row.ts';
import { type CountedAt, readCounted } from './read-probes.ts';
import { type Reader, readNewest, readStretches } from './read-spans.ts';
import type { Db } from './schema.ts';
import { TIERS, type TierName } from './tiers.ts';

/** Half an hour of probes a second apart is rolled up in some 10 ms, and a batch is what the loop waits for. */
const BATCH_MS = 30 * MINUTE;

export const floorTo = (at: EpochMs, step: DurationMs): EpochMs => Math.floor(at / step) * step;

/** Everything before this whole minute is in the buckets; null while nothing is. */
export async function rolledUntil(db: Db): Promise<EpochMs | null> {
  const row = await db.selectFrom('progress').select('rolled_until').executeTakeFirst();
  return row?.rolled_until ?? null;
}

/** Rolls up what ended at or before `settledUntil` and is measured, in batches that are one transaction each. */
export async function rollUp(reader: Reader, settledUntil: EpochMs): Promise<void> {
  while (await reader.db.transaction().execute((db) => rollBatch({ ...reader, db }, settledUntil))) await yieldToLoop();
}

/** True while there is more to do. */
async function rollBatch(reader: Reader, settledUntil: EpochMs): Promise<boolean> {
  const limit = floorTo(Math.min(settledUntil, await knownUntil(reader)), MINUTE);
  const from = (await rolledUntil(reader.db)) ?? (await oldest(reader.db));
  if (from === null || limit <= from) return false;
  const batch = { from, to: Math.min(limit, from + BATCH_MS) };
  const [probes, stretches] = [await readCounted(reader, batch), await readStretches(reader, batch, limit)];
  const empty = probes.length === 0 && stretches.every(({ level }) => level === 'no-data');
  const to = empty ? Math.max(batch.to, Math.min(limit, await nextEvent(reader.db, batch.to))) : batch.to;
  await keep(reader.db, 'minute', minutesOf(batch, { probes, stretches }));
  for (const [place, tier] of TIERS.entries()) {
    const finer = TIERS[place - 1];
    if (finer) await coarsen(reader, { fine: finer.table, coarse: tier.table, lengthMs: tier.lengthMs }, { from, to });
  }
  await reader.db.replaceInto('progress').values({ id: 1, rolled_until: to }).execute();
  return to < limit;
}

/** Without a state nothing is known; one that still lasts is only known as far as it was measured; a gap at the end goes on by itself. */
async function knownUntil(reader: Reader): Promise<EpochMs> {
  const { span, measuredUntil } = await readNewest(reader);
  if (span === null) return Number.NEGATIVE_INFINITY;
  if (span.level === 'no-data') return Number.POSITIVE_INFINITY;
  return Math.max(span.at, measuredUntil ?? span.at);
}

/** The minute in which the history begins; null while there is none. */
async function oldest(db: Db): Promise<EpochMs | null> {
  const span = await db.selectFrom('span').select('at').orderBy('at').limit(1).executeTakeFirst();
  const probe = await db.selectFrom('probe').select('id').orderBy('id').limit(1).executeTakeFirst();
  const moments = [...(span ? [span.at] : []), ...(probe ? [momentOf(probe.id)] : [])];
  return moments.length === 0 ? null : floorTo(Math.min(...moments), MINUTE);
}

/** The minute of the first probe or span after a stretch without any: days off are skipped, not walked through. */
async function nextEvent(db: Db, from: EpochMs): Promise<EpochMs> {
  const span = await db.selectFrom('span').select('at').where('at', '>=', from).orderBy('at').limit(1).execute();
  const probe = await db
    .selectFrom('probe')
    .select('id')
    .where('id', '>=', idFrom(from))
    .orderBy('id')
    .limit(1)
    .execute();
  const moments = [...span.map(({ at }) => at), ...probe.map(({ id }) => momentOf(id))];
  return floorTo(Math.min(...moments, Number.MAX_SAFE_INTEGER), MINUTE);
}

type Happened = { readonly probes: readonly CountedAt[]; readonly stretches: readonly Stretch[] };

function minutesOf({ from, to }: Interval, { probes, stretches }: Happened): readonly Bucket[] {
  const probesOf = Map.groupBy(probes, ({ at }) => floorTo(at, MINUTE));
  const minutes: Bucket[] = [];
  for (let at = from; at < to; at += MINUTE) {
    const durations = durationsOf(cut(stretches, { from: at, to: at + MINUTE }));
    const inMinute = probesOf.get(at) ?? [];
    if (inMinute.length > 0 || durations.gapMs < MINUTE) minutes.push(bucketOf(at, durations, inMinute));
  }
  return minutes;
}

/** The parts of stretches inside an interval. */
export const cut = (stretches: readonly Stretch[], { from, to }: Interval): readonly Stretch[] =>
  stretches
    .filter((stretch) => stretch.at < to && stretch.to > from)
    .map((stretch) => ({ ...stretch, at: Math.max(stretch.at, from), to: Math.min(stretch.to, to) }));

type Step = {
  readonly fine: TierName;
  readonly coarse: TierName;
  /** Of the coarse one. */
  readonly lengthMs: DurationMs;
};

/** Merges the fine buckets into every coarse one that ends in the interval. */
async function coarsen(reader: Reader, { fine, coarse, lengthMs }: Step, { from, to }: Interval): Promise<void> {
  const [first, end] = [floorTo(from, lengthMs), floorTo(to, lengthMs)];
  if (first === end) return;
  const fines = await readBucketRows(reader, fine, { from: first, to: end });
  const merged = [...Map.groupBy(fines, ({ at }) => floorTo(at, lengthMs))].map(([at, group]) =>
    filledUp(mergeBuckets(at, group), lengthMs),
  );
  await keep(reader.db, coarse, merged);
}

/** What no finer bucket told of was a gap. */
export function filledUp(bucket: Bucket, lengthMs: DurationMs): Bucket {
  return { ...bucket, gapMs: lengthMs - bucket.readyMs - bucket.degradedMs - bucket.downMs };
}

/** The kept buckets that begin in the interval, oldest first. */
export async function readBucketRows(
  { db, onCorruptRow }: Reader,
  table: TierName,
  { from, to }: Interval,
): Promise<readonly Bucket[]> {
  const rows = await db
    .selectFrom(table)
    .selectAll()
    .where('at', '>=', from)
    .where('at', '<', to)
    .orderBy('at')
    .execute();
  return rows.map((row) => bucketOfRow(row, onCorruptRow)).filter((bucket) => bucket !== null);
}

async function keep(db: Db, table: TierName, buckets: readonly Bucket[]): Promise<void> {
  for (const bucket of buckets) await db.replaceInto(table).values(rowOfBucket(bucket)).execute();
}
