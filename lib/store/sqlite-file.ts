import { accessSync, closeSync, constants, existsSync, mkdirSync, openSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StorageError, storageErrorOf } from './storage-error.ts';

/**
 * Measured over 2,000 rounds of one row each: pages of 1,024 bytes cost 1.2 KB written per round, 2,048 bytes 2.2 KB, 4,096
 * bytes 4.2 KB, and a table of raw probes is of the same size with each.
 */
const PAGE_BYTES = 1_024;
const CACHE_KIB = 2_048;
/** The loop stands still while SQLite waits for a lock, and only a person's own tool can hold one. */
const BUSY_MS = 250;

export const HISTORY_FILE = 'history.db';

/** A file of the data directory, and whether each of its transactions reaches the disk before it counts as done. */
export type SqliteFile = { readonly name: string; readonly synchronous: 'normal' | 'full' };

const HISTORY: SqliteFile = { name: HISTORY_FILE, synchronous: 'normal' };

/** Makes the directory (0700) where it is missing, and sees that it may be written. Throws a StorageError. */
export function makeDataDir(dataDir: string): void {
  try {
    makePath(dataDir);
  } catch (error) {
    throw storageErrorOf(error, dataDir) ?? error;
  }
  try {
    accessSync(dataDir, constants.W_OK);
  } catch (error) {
    throw new StorageError('read-only', dataDir, error);
  }
}

/** Folder by folder: Node's own `recursive` never comes back from a place like /proc, where a folder cannot be. */
function makePath(path: string): void {
  if (existsSync(path)) return;
  makePath(dirname(path));
  mkdirSync(path, { mode: 0o700 });
}

/**
 * Creates the file (0600, which SQLite repeats for its companions) where it is missing. One that is there is not even opened:
 * closing any handle of a file ends the locks that this process holds on it. Throws a system error.
 */
export function makePrivateFile(path: string): void {
  try {
    closeSync(openSync(path, 'wx', 0o600));
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
}

/** Opens a file in the directory, the history's unless told, or one in memory (`:memory:`). Throws a StorageError. */
export function openSqlite(dataDir: string, { name, synchronous }: SqliteFile = HISTORY): DatabaseSync {
  const path = dataDir === ':memory:' ? dataDir : join(dataDir, name);
  try {
    if (path !== ':memory:') {
      makeDataDir(dataDir);
      makePrivateFile(path);
    }
    return configured(new DatabaseSync(path, { timeout: BUSY_MS }), synchronous);
  } catch (error) {
    throw storageErrorOf(error, path) ?? error;
  }
}

function configured(sqlite: DatabaseSync, synchronous: SqliteFile['synchronous']): DatabaseSync {
  try {
    sqlite.exec(`pragma page_size = ${PAGE_BYTES}`);
    sqlite.exec('pragma journal_mode = wal');
    sqlite.exec(`pragma synchronous = ${synchronous}`);
    // On macOS an fsync alone leaves it in the drive's cache: https://www.sqlite.org/pragma.html#pragma_fullfsync
    if (synchronous === 'full') sqlite.exec('pragma fullfsync = on');
    sqlite.exec(`pragma cache_size = -${CACHE_KIB}`);
    return sqlite;
  } catch (error) {
    sqlite.close();
    throw error;
  }
}
