import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import { HOUR, MINUTE, SECOND } from '#lib/domain/time.ts';
import { historyOn, openHistory } from '#lib/store/open-history.ts';
import { claimDataDir } from '#lib/store/owner.ts';
import { HISTORY_FILE, openSqlite } from '#lib/store/sqlite-file.ts';
import { StorageError, storageErrorOf } from '#lib/store/storage-error.ts';
import { dataDir } from './data-dir.ts';
import { MIDNIGHT, measured, round } from './rounds.ts';

const storageError = (reason: string) => expect.objectContaining({ name: 'StorageError', reason });

/** Records rounds until the disk refuses; the first moment that was not kept, and what it said. */
async function recordUntilRefused(record: (at: number) => Promise<void>) {
  for (let nth = 0; nth < 50_000; nth += 1) {
    const at = MIDNIGHT + nth * 5 * SECOND;
    try {
      await record(at);
    } catch (error) {
      return { at, error };
    }
  }
  throw new Error('The disk never refused.');
}

test('a file that may not grow is said to be a full disk, and recording goes on once there is space', async () => {
  const sqlite = openSqlite(dataDir());
  const store = await historyOn(sqlite);
  sqlite.exec('pragma max_page_count = 60');
  const { at, error } = await recordUntilRefused((moment) =>
    store.record(round(moment, { begins: moment === MIDNIGHT })),
  );
  expect(error).toEqual(storageError('full'));
  expect(String(error)).toContain('Free some space');
  sqlite.exec('pragma max_page_count = 100000');
  await store.record(round(at));
  await store.rollUp(at);
  const kept = await Array.fromAsync(store.measurements({ from: MIDNIGHT, to: at + 1 }));
  expect(kept).toHaveLength((at - MIDNIGHT) / (5 * SECOND) + 1);
  expect(sqlite.prepare('pragma integrity_check').all()).toEqual([{ integrity_check: 'ok' }]);
  await store.close();
});

/** A disk of one megabyte; null where this user may not mount one. */
function tinyDisk(): string | null {
  const dir = dataDir();
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', dir]).status !== 0) return null;
  onTestFinished(() => void spawnSync('umount', ['-l', dir]));
  return dir;
}

test('a disk that is really full is said to be full, and recording goes on once there is space', async ({ skip }) => {
  const dir = tinyDisk();
  if (dir === null) return skip('needs the right to mount a disk');
  const store = await openHistory(dir);
  writeFileSync(join(dir, 'ballast'), new Uint8Array(500_000));
  const { at, error } = await recordUntilRefused((moment) =>
    store.record(round(moment, { begins: moment === MIDNIGHT })),
  );
  expect(error).toEqual(storageError('full'));
  truncateSync(join(dir, 'ballast'), 0);
  await store.record(round(at));
  expect((await store.newest()).measuredUntil).toBe(at + 20);
  await store.close();
});

test('a disk that is full from the start is said to be full', async ({ skip }) => {
  const dir = tinyDisk();
  if (dir === null) return skip('needs the right to mount a disk');
  const filled = () => writeFileSync(join(dir, 'ballast'), new Uint8Array(2_000_000));
  expect(filled).toThrow('ENOSPC');
  await expect(openHistory(dir)).rejects.toEqual(storageError('full'));
});

test('a disk that may only be read is said to be so', async ({ skip }) => {
  const dir = tinyDisk();
  if (dir === null) return skip('needs the right to mount a disk');
  await (await openHistory(dir)).close();
  spawnSync('mount', ['-o', 'remount,ro', dir]);
  await expect(openHistory(dir)).rejects.toEqual(storageError('read-only'));
  expect(() => claimDataDir(dir)).toThrow(storageError('read-only'));
});

test('a directory below a file cannot be opened, and it is said what to do', async () => {
  const dir = dataDir();
  writeFileSync(join(dir, 'file'), '');
  const opened = openHistory(join(dir, 'file', 'data'));
  await expect(opened).rejects.toEqual(storageError('not-openable'));
  await expect(opened).rejects.toThrow('LIFELINE_DATA_DIR');
  expect(() => claimDataDir(join(dir, 'file', 'data'))).toThrow(storageError('not-openable'));
});

test('a history that is a directory cannot be opened', async () => {
  const dir = dataDir();
  mkdirSync(join(dir, HISTORY_FILE));
  await expect(openHistory(dir)).rejects.toEqual(storageError('not-openable'));
});

test.runIf(existsSync('/proc/self'))('a place where no folder can be is told, not waited for', () => {
  expect(() => claimDataDir('/proc/lifeline/data')).toThrow(storageError('not-openable'));
});

test('a file that is no database is said to be damaged, and is left as it was', async () => {
  const dir = dataDir();
  const path = join(dir, HISTORY_FILE);
  writeFileSync(path, 'Dear diary, today the server was down again. '.repeat(100));
  const before = readFileSync(path);
  await expect(openHistory(dir)).rejects.toEqual(storageError('corrupt'));
  expect(readFileSync(path)).toEqual(before);
});

test('a file damaged in its middle is said to be damaged by what reads it', async () => {
  const dir = dataDir();
  const store = await openHistory(dir);
  const measurements = Array.from({ length: 2_000 }, (_, k) => measured(MIDNIGHT + k * SECOND));
  await store.record({ measurements, spans: [] });
  await store.close();
  const path = join(dir, HISTORY_FILE);
  const bytes = readFileSync(path);
  bytes.fill(0xa5, 20 * 1_024, bytes.length);
  writeFileSync(path, bytes);
  const damaged = await openHistory(dir);
  await expect(Array.fromAsync(damaged.measurements({ from: MIDNIGHT, to: MIDNIGHT + HOUR }))).rejects.toEqual(
    storageError('corrupt'),
  );
  await damaged.close();
  expect(existsSync(path)).toBe(true);
});

test('a file that another program holds is said to be in use', async () => {
  const dir = dataDir();
  const store = await openHistory(dir);
  const other = new DatabaseSync(join(dir, HISTORY_FILE));
  other.exec('begin immediate');
  await expect(store.record(round(MIDNIGHT))).rejects.toEqual(storageError('busy'));
  other.exec('rollback');
  other.close();
  await store.record(round(MIDNIGHT));
  await store.close();
});

test('a round writes at most five kilobytes, with the roll-up of every minute', async () => {
  const dir = dataDir();
  const store = await openHistory(dir);
  const written = () => statSync(join(dir, `${HISTORY_FILE}-wal`)).size;
  await store.record(round(MIDNIGHT, { begins: true }));
  const before = written();
  for (let nth = 1; nth <= 240; nth += 1) {
    const at = MIDNIGHT + nth * 5 * SECOND;
    await store.record(round(at));
    if (nth % 12 === 0) await store.rollUp(at);
  }
  expect((written() - before) / 240).toBeLessThan(5_000);
  expect((written() - before) / 240).toBeGreaterThan(500);
  await store.close();
});

test('a history is opened again with all that is in it', async () => {
  const dir = dataDir();
  const first = await openHistory(dir);
  await first.record(round(MIDNIGHT, { begins: true }));
  await first.close();
  const second = await openHistory(dir);
  expect(await second.newest()).toEqual({
    span: round(MIDNIGHT, { begins: true }).spans[0],
    measuredUntil: MIDNIGHT + 20,
  });
  await second.record(round(MIDNIGHT + MINUTE));
  await second.close();
});

test('a history written by a newer Lifeline is not touched', async () => {
  const dir = dataDir();
  await (await openHistory(dir)).close();
  const sqlite = new DatabaseSync(join(dir, HISTORY_FILE));
  sqlite.exec("insert into kysely_migration values ('999-later', '2027-01-01T00:00:00.000Z')");
  sqlite.close();
  const opened = openHistory(dir);
  await expect(opened).rejects.toEqual(storageError('not-openable'));
  await expect(opened).rejects.toThrow('newer Lifeline');
});

test('a mistake of ours is not blamed on the disk', () => {
  expect(storageErrorOf(new TypeError('x is not a function'), '/data')).toBeNull();
  expect(storageErrorOf('no error at all', '/data')).toBeNull();
  const told = new StorageError('busy', '/data', new Error('locked'));
  expect(storageErrorOf(told, '/elsewhere')).toBe(told);
});
