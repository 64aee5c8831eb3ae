import { Kysely } from 'kysely';
import { migrate, type Versions } from './migrate.ts';
import { nodeSqliteDialect } from './node-sqlite-dialect.ts';
import { openSqlite, type SqliteFile } from './sqlite-file.ts';
import { storageErrorOf } from './storage-error.ts';

export const DEVICES_FILE = 'devices.db';
const FILE: SqliteFile = { name: DEVICES_FILE, synchronous: 'full' };

/** A browser that was let in by the token. Secrets are kept as SHA-256 only; times are epoch ms. */
export type PairedTable = {
  id: string;
  secret_hash: string;
  /** Of the token it was let in with: another token turns all out. */
  token_hash: string;
  label: string;
  paired_at: number;
  seen_at: number;
};

/** A node of the tailnet that asked for a page. */
export type SeenTable = {
  node: string;
  login: string | null;
  address: string;
  path: string | null;
  seen_at: number;
};

/** A device that wants to be called. */
export type SubscriptionTable = {
  device: string;
  label: string;
  login: string | null;
  /** Of the app on it: where an alert leads. */
  origin: string;
  endpoint: string;
  p256dh: string;
  auth: string;
  /** `AlertPreferences` as JSON. */
  preferences: string;
  /** IANA name: times are told by its clock. */
  time_zone: string;
  created_at: number;
  /** When it last told its endpoint. */
  seen_at: number;
  last_ok_at: number | null;
  last_status: number | null;
  failures: number;
  /** The paired browser that subscribed it; null where no token was asked for. It is called no more when that is turned out. */
  paired: string | null;
};

/** One message to one device: there is one for an incident and kind, and no second. */
export type AlertTable = {
  device: string;
  incident: string;
  kind: string;
  /** `AlertNews` as JSON. */
  body: string;
  /** `AlertState`. */
  state: string;
  tries: number;
  next_at: number;
  made_at: number;
  sent_at: number | null;
};

/** A request of a phone to us, as the phone measured it. */
export type SampleTable = {
  device: string;
  /** By the phone's clock: with the device its name. */
  id: number;
  /** By ours. */
  at: number;
  outcome: number;
  ms: number;
};

/** What a phone is called in the tailnet. */
export type PhoneTable = { device: string; node: string; seen_at: number };

/** The samples of all phones in one step of time, for as long as the samples would be kept and longer than they are. */
export type PhoneBucketTable = {
  /** Its length in ms: an hour or a day. */
  step: number;
  at: number;
  answered: number;
  failed: number;
  /** The latencies of the answered ones: see `writeSketch`. */
  latency: Uint8Array;
};

export type DeviceTables = {
  paired: PairedTable;
  seen: SeenTable;
  subscription: SubscriptionTable;
  alert: AlertTable;
  sample: SampleTable;
  phone: PhoneTable;
  phone_bucket: PhoneBucketTable;
};
export type DevicesDb = Kysely<DeviceTables>;

const VERSIONS: Versions = {
  '001-devices': [
    `create table paired (
      id text primary key, secret_hash text not null unique, token_hash text not null, label text not null,
      paired_at integer not null, seen_at integer not null) strict`,
    `create table seen (
      node text primary key, login text, address text not null, path text, seen_at integer not null) strict`,
    `create table subscription (
      device text primary key, label text not null, login text, origin text not null, endpoint text not null unique,
      p256dh text not null, auth text not null, preferences text not null, time_zone text not null, created_at integer not null,
      seen_at integer not null, last_ok_at integer, last_status integer, failures integer not null) strict`,
    `create table alert (
      device text not null, incident text not null, kind text not null, body text not null, state text not null,
      tries integer not null, next_at integer not null, made_at integer not null, sent_at integer,
      primary key (device, incident, kind)) strict`,
    `create table sample (
      device text not null, id integer not null, at integer not null, outcome integer not null, ms integer not null,
      primary key (device, id)) strict, without rowid`,
    'create index sample_at on sample (at)',
  ],
  '002-phones': [
    'create table phone (device text primary key, node text not null, seen_at integer not null) strict',
    `create table phone_bucket (
      step integer not null, at integer not null, answered integer not null, failed integer not null, latency blob not null,
      primary key (step, at)) strict, without rowid`,
    'create index sample_failed on sample (at) where outcome <> 0',
    'create index sample_answered on sample (device, at) where outcome = 0',
  ],
  '003-turned-out': [
    'alter table subscription add column paired text',
    `create trigger turned_out after delete on paired begin
      delete from subscription where paired = old.id;
    end`,
  ],
};

/**
 * Opens what is kept of the devices (who is let in, who is called, what they measured), making it where it is missing, or in
 * memory (`:memory:`). The caller holds the directory by `claimDataDir`. Rejects with a StorageError.
 */
export async function openDevices(dataDir: string): Promise<DevicesDb> {
  const sqlite = openSqlite(dataDir, FILE);
  const where = sqlite.location() ?? 'The memory';
  const db: DevicesDb = new Kysely<DeviceTables>({ dialect: nodeSqliteDialect(sqlite) });
  try {
    await migrate(db, where, VERSIONS);
    return db;
  } catch (error) {
    await db.destroy();
    throw storageErrorOf(error, where) ?? error;
  }
}
