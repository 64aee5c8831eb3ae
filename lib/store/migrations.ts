import { type Kysely, sql } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import type { Db } from './schema.ts';
import { StorageError } from './storage-error.ts';

/** In order of their names; one that has been released never changes. */
const migrations = (): Record<string, Migration> => ({
  '001-history': running(HISTORY),
  '002-notes': running(NOTES),
});

const running = (statements: readonly string[]): Migration => ({
  async up(db: Kysely<unknown>) {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
});

const bucketTable = (name: string) => `create table ${name} (
  at integer primary key, ready_ms integer not null, degraded_ms integer not null, down_ms integer not null,
  gap_ms integer not null, count integer not null, tally blob) strict`;

const HISTORY = [
  `create table probe (
    id integer primary key, cause integer not null, late integer not null, total_us integer not null,
    dns_us integer, tcp_us integer, tls_us integer, first_byte_us integer, download_us integer,
    failed_in integer, reason integer, status integer, words integer not null) strict`,
  'create table words (id integer primary key, body text not null unique, used_at integer not null) strict',
  `create table span (
    at integer primary key, level integer not null, cause integer, confirmed_at integer, gap integer) strict`,
  bucketTable('minute'),
  bucketTable('five_minutes'),
  bucketTable('hour'),
  bucketTable('two_hours'),
  bucketTable('quarter_day'),
  bucketTable('day'),
  'create table progress (id integer primary key check (id = 1), rolled_until integer not null) strict',
];

const NOTES = [
  `create table note (
    at integer not null, what text not null, body text not null, primary key (at, what)) strict, without rowid`,
];

/** Brings the file to the newest version, each step all or nothing. Throws a StorageError for a file of a newer Lifeline. */
export async function migrate(db: Db, where: string): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations() } });
  const { error } = await migrator.migrateToLatest();
  if (error === undefined) return;
  const newer = error instanceof Error && /previously executed migration .* is missing/.test(error.message);
  throw newer ? new StorageError('not-openable', where, new Error('it was written by a newer Lifeline')) : error;
}
