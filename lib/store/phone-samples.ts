import { setImmediate as yieldToLoop } from 'node:timers/promises';
import { type SqlBool, sql } from 'kysely';
import { PHONE_OUTCOMES, type PhoneSample } from '#lib/domain/phone-sample.ts';
import { DAY, type DurationMs, type EpochMs, HOUR } from '#lib/domain/time.ts';
import type { Interval } from './history-store.ts';
import type { DevicesDb } from './open-devices.ts';
import { countInBuckets, type PhoneBucket, readPhoneBuckets } from './phone-buckets.ts';
import { outcomeAt } from './phone-row.ts';

/** A sample as it came: `id` is its moment by the phone's clock, `at` by ours. */
export type HandedIn = PhoneSample & { readonly id: EpochMs };

/** What one phone has to tell. `device` is its own name for itself, `node` the tailnet's; null where that is not known. */
export type PhoneSamples = {
  readonly device: string;
  readonly node: string | null;
  /** In order of time. */
  readonly samples: readonly PhoneSample[];
};

/** What phones measured. Every method rejects with what SQLite says when the disk refuses. */
export type PhoneStore = {
  /** Keeps samples, each once for its device and id, whole or not at all. Those past their retention are not kept. */
  readonly keep: (
    from: { readonly device: string; readonly node: string | null },
    samples: readonly HandedIn[],
  ) => Promise<void>;
  /** See `readPhoneBuckets`. */
  readonly buckets: (interval: Interval, bucketMs: DurationMs) => Promise<readonly PhoneBucket[]>;
  /** The failures of an interval, of more than 3,000 the newest, with the answers next to them (those last 0 ms). */
  readonly failures: (interval: Interval) => Promise<readonly PhoneSamples[]>;
  /** All samples since a moment. */
  readonly since: (from: EpochMs) => Promise<readonly PhoneSamples[]>;
};

const KEPT_MS: DurationMs = 730 * DAY;
const MOST_SAMPLES = 200_000;
const MOST_FAILURES = 3_000;
const FORGET_EVERY_MS: DurationMs = HOUR;
const BATCH_ROWS = 1_000;

/** The samples in the database of the devices. At most two years and 200,000 of them stay, seen to once an hour as they come. */
export function createPhoneStore(db: DevicesDb, now: () => EpochMs): PhoneStore {
  let forgotAt = Number.NEGATIVE_INFINITY;
  return {
    keep: async (from, samples) => {
      const young = samples.filter(({ at }) => at > now() - KEPT_MS);
      if (young.length > 0) await keep(db, { ...from, seenAt: now() }, young);
      if (Math.abs(now() - forgotAt) < FORGET_EVERY_MS) return;
      forgotAt = now();
      await forget(db, now());
    },
    buckets: (interval, bucketMs) => readPhoneBuckets(db, interval, bucketMs),
    failures: (interval) => failuresIn(db, interval),
    since: async (from) => {
      const rows = await db.selectFrom('sample').selectAll().where('at', '>=', from).execute();
      return byDevice(db, rows);
    },
  };
}

type From = { readonly device: string; readonly node: string | null; readonly seenAt: EpochMs };

const keep = (db: DevicesDb, { device, node, seenAt }: From, samples: readonly HandedIn[]): Promise<void> =>
  db.transaction().execute(async (change) => {
    const rows = samples.map(({ id, at, outcome, ms }) => ({
      device,
      id,
      at,
      outcome: PHONE_OUTCOMES.indexOf(outcome),
      ms: Math.round(ms),
    }));
    const added = await change
      .insertInto('sample')
      .values(rows)
      .onConflict((conflict) => conflict.doNothing())
      .returning(['at', 'outcome', 'ms'])
      .execute();
    await countInBuckets(change, added.map(sampleOf));
    if (node !== null) await change.replaceInto('phone').values({ device, node, seen_at: seenAt }).execute();
  });

type Row = { readonly at: number; readonly outcome: number; readonly ms: number };
const sampleOf = ({ at, outcome, ms }: Row): PhoneSample => ({ at, outcome: outcomeAt(outcome), ms });

async function failuresIn(db: DevicesDb, { from, to }: Interval): Promise<readonly PhoneSamples[]> {
  const failed = await db
    .selectFrom('sample as failed')
    .select(['device', 'at', 'outcome', 'ms', answerBefore.as('before')])
    // Written out, so that SQLite sees that the partial index fits.
    .where(sql<SqlBool>`outcome <> 0`)
    .where('at', '>=', from)
    .where('at', '<=', to)
    .orderBy('at', 'desc')
    .limit(MOST_FAILURES)
    .execute();
  const newest = await Promise.all(
    [...new Set(failed.map(({ device }) => device))].map((device) => newestAnswer(db, device)),
  );
  const answered = [...failed.map(({ device, before }) => ({ device, at: before })), ...newest];
  return byDevice(db, [...failed, ...answered.flatMap(asAnswer)]);
}

/** When the device of a failed sample was last answered before it; null when never. */
const answerBefore = sql<
  number | null
>`(select max(at) from sample as other where other.device = failed.device and other.at < failed.at and other.outcome = 0)`;

async function newestAnswer(db: DevicesDb, device: string) {
  const { at } = await db
    .selectFrom('sample')
    .select(({ fn }) => fn.max<number | null>('at').as('at'))
    .where('device', '=', device)
    .where(sql<SqlBool>`outcome = 0`)
    .executeTakeFirstOrThrow();
  return { device, at };
}

type DeviceRow = Row & { readonly device: string };

/** That there was an answer is all that is asked here. */
const asAnswer = ({ device, at }: { readonly device: string; readonly at: number | null }): readonly DeviceRow[] =>
  at === null ? [] : [{ device, at, outcome: PHONE_OUTCOMES.indexOf('answered'), ms: 0 }];

/** By device, each with its name, in order of time and every moment once. */
async function byDevice(db: DevicesDb, rows: readonly DeviceRow[]): Promise<readonly PhoneSamples[]> {
  const grouped = Map.groupBy(rows, ({ device }) => device);
  const names = await db
    .selectFrom('phone')
    .select(['device', 'node'])
    .where('device', 'in', [...grouped.keys()])
    .execute();
  const nodes = new Map(names.map(({ device, node }) => [device, node]));
  return [...grouped].map(([device, own]) => {
    const samples = new Map(own.map((row) => [`${row.at} ${row.outcome}`, sampleOf(row)]));
    return { device, node: nodes.get(device) ?? null, samples: [...samples.values()].sort((a, b) => a.at - b.at) };
  });
}

/** Forgets what is past its retention and the oldest beyond the most, a bounded number of rows at a time. */
async function forget(db: DevicesDb, now: EpochMs): Promise<void> {
  const surplus = await db
    .selectFrom('sample')
    .select('at')
    .orderBy('at', 'desc')
    .limit(1)
    .offset(MOST_SAMPLES)
    .executeTakeFirst();
  const before = Math.max(now - KEPT_MS, surplus === undefined ? 0 : surplus.at + 1);
  await db
    .deleteFrom('phone_bucket')
    .where('at', '<', now - KEPT_MS - DAY)
    .execute();
  for (let deleted = BATCH_ROWS; deleted === BATCH_ROWS; await yieldToLoop()) {
    const { numAffectedRows = 0n } = await sql`delete from sample where (device, id) in
      (select device, id from sample where at < ${before} order by at limit ${BATCH_ROWS})`.execute(db);
    deleted = Number(numAffectedRows);
  }
}
