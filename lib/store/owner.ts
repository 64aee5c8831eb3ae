import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { makeDataDir, makePrivateFile } from './sqlite-file.ts';
import { storageErrorOf } from './storage-error.ts';

/** The right to write in a data directory. It ends with `release`, or with the process, however that ends. */
export type Owner = { readonly dataDir: string; release(): void };

/** Another process, or this one, already writes in the data directory. */
export class AlreadyOwnedError extends Error {
  override readonly name = 'AlreadyOwnedError';
  /** Null when the owner has not noted it yet. */
  readonly pid: number | null;

  constructor(dataDir: string, pid: number | null) {
    const who = pid === null ? 'Another Lifeline' : `Lifeline with process id ${pid}`;
    super(`${who} already keeps its history in ${dataDir}. Stop it, or set LIFELINE_DATA_DIR to another directory.`);
    this.pid = pid;
  }
}

const LOCK_FILE = 'owner.lock';
const PID_FILE = 'owner.pid';

/**
 * Claims the data directory (made with mode 0700 where it is missing) for this process: a lock of SQLite's on a file of its
 * own, which the OS takes back with the process. Throws an AlreadyOwnedError, or a StorageError.
 */
export function claimDataDir(dataDir: string): Owner {
  makeDataDir(dataDir);
  const pidFile = join(dataDir, PID_FILE);
  const lock = lockOf(dataDir, pidFile);
  try {
    writeFileSync(pidFile, `${process.pid}\n`, { mode: 0o600 });
  } catch (error) {
    lock.close();
    throw storageErrorOf(error, dataDir) ?? error;
  }
  return {
    dataDir,
    release() {
      if (!lock.isOpen) return;
      rmSync(pidFile, { force: true });
      lock.close();
    },
  };
}

function lockOf(dataDir: string, pidFile: string): DatabaseSync {
  const path = join(dataDir, LOCK_FILE);
  let lock: DatabaseSync | undefined;
  try {
    makePrivateFile(path);
    lock = new DatabaseSync(path, { timeout: 0 });
    lock.exec('begin exclusive');
    return lock;
  } catch (error) {
    lock?.close();
    const refused = storageErrorOf(error, path);
    if (refused?.reason === 'busy') throw new AlreadyOwnedError(dataDir, pidIn(pidFile));
    throw refused ?? error;
  }
}

function pidIn(pidFile: string): number | null {
  try {
    const pid = Number.parseInt(readFileSync(pidFile, 'utf8'), 10);
    return Number.isInteger(pid) ? pid : null;
  } catch {
    return null;
  }
}
