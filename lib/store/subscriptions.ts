import type { Selectable } from 'kysely';
import { alertPreferencesSchema } from '#lib/contract/alerts.ts';
import type { AlertPreferences, LastTry } from '#lib/domain/alert.ts';
import { clockIn } from '#lib/domain/alert-quiet.ts';
import type { EpochMs } from '#lib/domain/time.ts';
import { DEVICES_FILE, type DevicesDb, type SubscriptionTable } from './open-devices.ts';
import { type OnCorruptRow, orReport } from './parse-row.ts';
import { storageErrorOf } from './storage-error.ts';

/** A device that wants to be called, and how its last message went. */
export type Subscription = {
  readonly deviceId: string;
  readonly label: string;
  /** The tailnet login it was subscribed with; null where there is none. */
  readonly login: string | null;
  /** Of the app on it. */
  readonly origin: string;
  readonly endpoint: string;
  readonly keys: { readonly p256dh: string; readonly auth: string };
  readonly preferences: AlertPreferences;
  /** IANA name. */
  readonly timeZone: string;
  readonly lastOkAt: EpochMs | null;
  readonly lastTry: LastTry;
  readonly lastStatus: number | null;
};
type Handed = Omit<Subscription, 'lastOkAt' | 'lastTry' | 'lastStatus'> & {
  /** The id of the paired browser that subscribes; absent where no token is set, and for the token itself. */
  readonly paired?: string;
};

/** Who wants to be called. Every method rejects with a StorageError when the disk refuses. */
export type Subscriptions = {
  /** In order of their names. */
  readonly all: () => Promise<readonly Subscription[]>;
  readonly find: (deviceId: string) => Promise<Subscription | null>;
  /** Keeps what a device handed in, in place of what was kept of it and of any other device of that endpoint. */
  readonly keep: (handed: Handed, at: EpochMs) => Promise<void>;
  readonly forget: (deviceId: string) => Promise<void>;
  /** Forgets a device whose endpoint is dead, unless it has another one by now. */
  readonly forgetEndpoint: (endpoint: string) => Promise<void>;
  /** What a push service last answered; null where it did not. */
  readonly noteAnswer: (endpoint: string, answer: { status: number | null; okAt: EpochMs | null }) => Promise<void>;
  /** Forgets those that last told their endpoint before this moment; resolves to how many. */
  readonly forgetUnseen: (before: EpochMs) => Promise<number>;
};

const warn: OnCorruptRow = (table, fault) => process.emitWarning(`A damaged row of ${table} was left out: ${fault}`);

/** The subscriptions in this file. One that cannot be read is left out, which is reported. */
export function subscriptionsIn(db: DevicesDb, onCorruptRow: OnCorruptRow = warn): Subscriptions {
  const told = <T>(asked: Promise<T>): Promise<T> =>
    asked.catch((error: unknown) => {
      throw storageErrorOf(error, DEVICES_FILE) ?? error;
    });
  const read = (rows: readonly Row[]): readonly Subscription[] =>
    rows.map((row) => orReport('subscription', onCorruptRow, () => subscriptionOf(row))).filter((one) => one !== null);
  const rows = () => db.selectFrom('subscription').selectAll().orderBy('device');
  const without = () => db.deleteFrom('subscription');
  return {
    all: async () => read(await told(rows().execute())),
    find: async (deviceId) => read(await told(rows().where('device', '=', deviceId).execute()))[0] ?? null,
    keep: (handed, at) => told(keep(db, handed, at)),
    forget: async (deviceId) => void (await told(without().where('device', '=', deviceId).execute())),
    forgetEndpoint: async (endpoint) => void (await told(without().where('endpoint', '=', endpoint).execute())),
    noteAnswer: async (endpoint, { status, okAt }) => {
      const ok = okAt === null ? {} : { last_ok_at: okAt, failures: 0 };
      const change = db
        .updateTable('subscription')
        .set((row) => ({ last_status: status, failures: row('failures', '+', 1), ...ok }))
        .where('endpoint', '=', endpoint);
      await told(change.execute());
    },
    forgetUnseen: async (before) => {
      const { numDeletedRows } = await told(without().where('seen_at', '<', before).executeTakeFirstOrThrow());
      return Number(numDeletedRows);
    },
  };
}

type Row = Selectable<SubscriptionTable>;

/** Throws on what we cannot have written, and on a time zone that this machine does not know any more. */
const subscriptionOf = (row: Row): Subscription => ({
  deviceId: row.device,
  label: row.label,
  login: row.login,
  origin: row.origin,
  endpoint: row.endpoint,
  keys: { p256dh: row.p256dh, auth: row.auth },
  preferences: preferencesOf(row),
  timeZone: knownZone(row.time_zone),
  lastOkAt: row.last_ok_at,
  lastTry: lastTryOf(row),
  lastStatus: row.last_status,
});

function preferencesOf(row: Row): AlertPreferences {
  const preferences = alertPreferencesSchema.parse(JSON.parse(row.preferences));
  if (preferences.quiet !== null) knownZone(preferences.quiet.timeZone);
  return preferences;
}

function knownZone(timeZone: string): string {
  clockIn(timeZone);
  return timeZone;
}

/** The failures are those since a message was taken. */
function lastTryOf({ failures, last_ok_at: okAt, last_status: status }: Row): LastTry {
  if (failures === 0) return okAt === null ? 'none' : 'taken';
  return status === null ? 'unanswered' : 'refused';
}

async function keep(db: DevicesDb, handed: Handed, at: EpochMs): Promise<void> {
  const { deviceId, endpoint, keys, preferences, timeZone, paired = null, ...own } = handed;
  const columns = {
    ...own,
    paired,
    endpoint,
    ...keys,
    preferences: JSON.stringify(preferences),
    time_zone: timeZone,
    seen_at: at,
  };
  await db.transaction().execute(async (trx) => {
    await trx.deleteFrom('subscription').where('endpoint', '=', endpoint).where('device', '!=', deviceId).execute();
    await trx
      .insertInto('subscription')
      .values({ device: deviceId, ...columns, created_at: at, last_ok_at: null, last_status: null, failures: 0 })
      .onConflict((conflict) => conflict.column('device').doUpdateSet(columns))
      .execute();
  });
}
