import type { Versions } from './migrate.ts';

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

/** What made the history's file what it is. */
export const HISTORY_VERSIONS: Versions = { '001-history': HISTORY, '002-notes': NOTES };
