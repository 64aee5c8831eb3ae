import { type Selectable, type SqlBool, sql } from 'kysely';
import * as z from 'zod/mini';
import { ALERT_KINDS, ALERT_LEVELS, type LastTry } from '#lib/domain/alert.ts';
import { ALERT_STATES, type AlertRecord, type AlertState, type AlertStep } from '#lib/domain/alert-due.ts';
import type { AlertNews } from '#lib/domain/alert-text.ts';
import { CAUSES } from '#lib/domain/cause.ts';
import type { EpochMs } from '#lib/domain/time.ts';
import { type AlertTable, DEVICES_FILE, type DevicesDb } from './open-devices.ts';
import { type OnCorruptRow, orReport } from './parse-row.ts';
import { storageErrorOf } from './storage-error.ts';

/** One message to one device, as it is kept. */
export type KeptAlert = AlertRecord & {
  readonly deviceId: string;
  readonly news: AlertNews;
  /** When it may be tried. */
  readonly nextAt: EpochMs;
};
type Name = Pick<KeptAlert, 'deviceId' | 'incidentId' | 'kind'>;
/** What is to be written down for a device. */
type Told = AlertStep & { readonly deviceId: string; readonly news: AlertNews };

/** What became of a message that was sent. */
type Settled = { readonly state: AlertState; readonly nextAt: EpochMs; readonly sentAt: EpochMs | null };

type LastOf = { readonly lastOkAt: EpochMs | null; readonly lastTry: LastTry };

/** What devices were told. Every method rejects with a StorageError when the disk refuses. */
export type Alerts = {
  /** What is not over: due, on its way, or a beginning whose end was not told. In order of the incidents. */
  readonly unfinished: () => Promise<readonly KeptAlert[]>;
  readonly ofIncident: (incidentId: string) => Promise<readonly KeptAlert[]>;
  /** Writes all of it down or nothing. One that is there already stays, but for one that was due and is withdrawn. */
  readonly write: (told: readonly Told[], at: EpochMs) => Promise<void>;
  /** Takes one that is due for sending; false when it is not. */
  readonly claim: (name: Name) => Promise<boolean>;
  readonly settle: (name: Name, settled: Settled) => Promise<void>;
  /** Of those on their way when the process ended nobody knows; resolves to how many. */
  readonly loseTrack: () => Promise<number>;
  /** How the newest message to a device fared that was tried, and when one was taken; null when none was. */
  readonly lastOf: (deviceId: string) => Promise<LastOf>;
  /** Forgets what was written before this moment, but for what is not over of these devices. */
  readonly forget: (before: EpochMs, devices: readonly string[]) => Promise<void>;
};

const warn: OnCorruptRow = (table, fault) => process.emitWarning(`A damaged row of ${table} was left out: ${fault}`);

/** The alerts in this file. */
export function alertsIn(db: DevicesDb, onCorruptRow: OnCorruptRow = warn): Alerts {
  const told = <T>(asked: Promise<T>): Promise<T> =>
    asked.catch((error: unknown) => {
      throw storageErrorOf(error, DEVICES_FILE) ?? error;
    });
  const read = (rows: readonly Row[]): readonly KeptAlert[] =>
    rows.map((row) => orReport('alert', onCorruptRow, () => alertOf(row))).filter((alert) => alert !== null);
  const changed = (name: Name) =>
    db
      .updateTable('alert')
      .where('device', '=', name.deviceId)
      .where('incident', '=', name.incidentId)
      .where('kind', '=', name.kind);
  return {
    unfinished: async () => read(await told(unfinished(db))),
    ofIncident: async (incidentId) =>
      read(await told(db.selectFrom('alert').selectAll().where('incident', '=', incidentId).execute())),
    write: (all, at) => told(write(db, all, at)),
    claim: async (name) => {
      const claimed = changed(name)
        .set((row) => ({ state: 'sending', tries: row('tries', '+', 1) }))
        .where('state', '=', 'due');
      return (await told(claimed.executeTakeFirstOrThrow())).numUpdatedRows === 1n;
    },
    settle: async (name, { state, nextAt, sentAt }) =>
      void (await told(changed(name).set({ state, next_at: nextAt, sent_at: sentAt }).execute())),
    loseTrack: async () => {
      const lost = db.updateTable('alert').set({ state: 'unknown' }).where('state', '=', 'sending');
      return Number((await told(lost.executeTakeFirstOrThrow())).numUpdatedRows);
    },
    lastOf: (deviceId) => told(lastOf(db, deviceId)),
    forget: async (before, devices) => void (await told(forget(db, before, devices))),
  };
}

type Row = Selectable<AlertTable>;

const newsSchema: z.ZodMiniType<AlertNews> = z.object({
  kind: z.enum(ALERT_KINDS),
  incidentId: z.string(),
  level: z.enum(ALERT_LEVELS),
  cause: z.enum(CAUSES),
  startedAt: z.int(),
  levelSince: z.int(),
  endedAt: z.nullable(z.int()),
  endUnseen: z.boolean(),
  isMixed: z.boolean(),
  unmeasuredMs: z.number(),
});
const stateSchema = z.enum(ALERT_STATES);

/** Throws on what we cannot have written. */
function alertOf(row: Row): KeptAlert {
  const news = newsSchema.parse(JSON.parse(row.body));
  return {
    deviceId: row.device,
    incidentId: row.incident,
    kind: news.kind,
    state: stateSchema.parse(row.state),
    tries: row.tries,
    news,
    nextAt: row.next_at,
  };
}

/** A beginning that was told, with no word of its end. */
const isOpen = sql<SqlBool>`alert.kind = 'began' and alert.state in ('sent', 'unknown') and not exists (
  select 1 from alert as other
  where other.device = alert.device and other.incident = alert.incident and other.kind = 'ended')`;

const unfinished = (db: DevicesDb): Promise<Row[]> =>
  db
    .selectFrom('alert')
    .selectAll()
    .where((row) => row.or([row('state', 'in', ['due', 'sending']), isOpen]))
    .orderBy(({ cast }) => cast('incident', 'integer'))
    .orderBy('kind')
    .execute();

async function write(db: DevicesDb, all: readonly Told[], at: EpochMs): Promise<void> {
  await db.transaction().execute(async (trx) => {
    for (const { deviceId, incidentId, kind, state, news } of all) {
      const row = { device: deviceId, incident: incidentId, kind, body: JSON.stringify(news), state };
      await trx
        .insertInto('alert')
        .values({ ...row, tries: 0, next_at: at, made_at: at, sent_at: null })
        .onConflict((conflict) =>
          conflict
            .columns(['device', 'incident', 'kind'])
            .doUpdateSet({ state })
            .where('alert.state', '=', 'due')
            .where((there) => there.val(state), '=', 'withdrawn'),
        )
        .execute();
    }
  });
}

async function lastOf(db: DevicesDb, deviceId: string): Promise<LastOf> {
  const own = db.selectFrom('alert').where('device', '=', deviceId).where('tries', '>', 0);
  const taken = await own.select(({ fn }) => fn.max('sent_at').as('at')).executeTakeFirst();
  const newest = await own.select('state').orderBy('made_at', 'desc').orderBy('next_at', 'desc').executeTakeFirst();
  return { lastOkAt: taken?.at ?? null, lastTry: newest === undefined ? 'none' : lastTryOf(newest.state) };
}

function lastTryOf(state: string): LastTry {
  if (state === 'sent') return 'taken';
  return state === 'unknown' ? 'unanswered' : 'refused';
}

const forget = (db: DevicesDb, before: EpochMs, devices: readonly string[]): Promise<unknown> =>
  db
    .deleteFrom('alert')
    .where('made_at', '<', before)
    .where((row) =>
      row.or([
        row('device', 'not in', devices),
        row.and([row('state', 'not in', ['due', 'sending']), row.not(isOpen)]),
      ]),
    )
    .execute();
