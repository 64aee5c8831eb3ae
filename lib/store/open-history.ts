import type { DatabaseSync } from 'node:sqlite';
import { Kysely } from 'kysely';
import type { Measurement } from '#lib/domain/measurement.ts';
import type { HistoryStore, Interval } from './history-store.ts';
import { migrate } from './migrate.ts';
import { HISTORY_VERSIONS } from './migrations.ts';
import { nodeSqliteDialect } from './node-sqlite-dialect.ts';
import { readNotes } from './notes.ts';
import type { OnCorruptRow } from './parse-row.ts';
import { readBuckets } from './read-buckets.ts';
import { readMeasurements } from './read-probes.ts';
import { readNewest, readSpansFor, readStretches } from './read-spans.ts';
import { recorderOn } from './record.ts';
import { forget } from './retention.ts';
import { rollUp } from './roll-up.ts';
import type { Tables } from './schema.ts';
import { openSqlite } from './sqlite-file.ts';
import { storageErrorOf } from './storage-error.ts';

/** Says it on standard error; the row is left out of every answer. */
const warn: OnCorruptRow = (table, fault) => process.emitWarning(`A damaged row of ${table} was left out: ${fault}`);

/**
 * Opens the history in this directory, making both where they are missing, or one in memory (`:memory:`). The caller holds the
 * directory by `claimDataDir`. Rejects with a StorageError.
 */
export async function openHistory(dataDir: string, onCorruptRow: OnCorruptRow = warn): Promise<HistoryStore> {
  return historyOn(openSqlite(dataDir), onCorruptRow);
}

/** The history in a database that is open already; it is closed with it. */
export async function historyOn(sqlite: DatabaseSync, onCorruptRow: OnCorruptRow = warn): Promise<HistoryStore> {
  const where = sqlite.location() ?? 'The memory';
  const db = new Kysely<Tables>({ dialect: nodeSqliteDialect(sqlite) });
  const told = <T>(asked: Promise<T>): Promise<T> =>
    asked.catch((error: unknown) => {
      throw storageErrorOf(error, where) ?? error;
    });
  await told(migrate(db, where, HISTORY_VERSIONS)).catch(async (error: unknown) => {
    await db.destroy();
    throw error;
  });
  const recorder = recorderOn(db);
  const reader = { db, onCorruptRow };
  return {
    record: (round) => told(recorder.record(round)),
    rollUp: (settledUntil) => told(rollUp(reader, settledUntil)),
    forget: (now) => told(forget(db, now)).finally(() => recorder.distrustMemory()),
    newest: () => told(readNewest(reader)),
    stretches: (interval, measuredUntil) => told(readStretches(reader, interval, measuredUntil)),
    buckets: (interval, options) => told(readBuckets(reader, interval, options)),
    spansFor: (interval, limit) => told(readSpansFor(reader, interval, limit)),
    notes: (interval) => told(readNotes(reader, interval)),
    measurements: (interval: Interval) => toldEach(readMeasurements(reader, interval), where),
    close: () => told(db.destroy()),
  };
}

async function* toldEach(measurements: AsyncGenerator<Measurement>, where: string): AsyncGenerator<Measurement> {
  try {
    yield* measurements;
  } catch (error) {
    throw storageErrorOf(error, where) ?? error;
  }
}
