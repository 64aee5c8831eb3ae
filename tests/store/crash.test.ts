import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import { DAY, MINUTE } from '#lib/domain/time.ts';
import { sumDurations } from '#lib/domain/uptime.ts';
import { openHistory } from '#lib/store/open-history.ts';
import { AlreadyOwnedError, claimDataDir } from '#lib/store/owner.ts';
import { HISTORY_FILE } from '#lib/store/sqlite-file.ts';
import { dataDir } from './data-dir.ts';
import { MIDNIGHT } from './rounds.ts';

/** A process that records until it is killed; `kept` are the rounds it has said so far. */
function recorder(dir: string) {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'recorder-program.ts'), dir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const kept: number[] = [];
  const lines = createInterface({ input: child.stdout });
  const reached = (rounds: number) =>
    new Promise<void>((resolve) => {
      lines.on('line', (line) => {
        kept.push(Number(line));
        if (kept.length >= rounds) resolve();
      });
    });
  return { child, kept, reached };
}

test('kill -9 loses at most the round in flight and leaves the file sound', async () => {
  for (const rounds of [95, 220]) {
    const own = dataDir();
    const { child, kept, reached } = recorder(own);
    await reached(rounds);
    child.kill('SIGKILL');
    await once(child, 'close');
    const sqlite = new DatabaseSync(join(own, HISTORY_FILE));
    expect(sqlite.prepare('pragma integrity_check').all()).toEqual([{ integrity_check: 'ok' }]);
    sqlite.close();
    const store = await openHistory(own);
    const found: number[] = [];
    for await (const { result } of store.measurements({ from: MIDNIGHT, to: MIDNIGHT + 365 * DAY }))
      found.push(result.startedAt);
    expect(found.slice(0, kept.length)).toEqual(kept);
    expect(found.length - kept.length).toBeLessThanOrEqual(1);
    const to = (found.at(-1) ?? 0) + 20;
    const buckets = await store.buckets({ from: MIDNIGHT, to }, { bucketMs: 5 * MINUTE, measuredUntil: to });
    expect(sumDurations(buckets)).toMatchObject({ readyMs: to - MIDNIGHT, gapMs: 0 });
    expect(buckets.reduce((sum, { count }) => sum + count, 0)).toBe(found.length);
    await store.close();
  }
});

test('a second process on a data directory is refused by name, and may have it once the first is killed', async () => {
  const dir = dataDir();
  const { child, reached } = recorder(dir);
  await reached(1);
  expect(() => claimDataDir(dir)).toThrow(AlreadyOwnedError);
  expect(() => claimDataDir(dir)).toThrow(`process id ${child.pid} `);
  child.kill('SIGKILL');
  await once(child, 'close');
  const owner = claimDataDir(dir);
  expect(readFileSync(join(dir, 'owner.pid'), 'utf8')).toBe(`${process.pid}\n`);
  owner.release();
});

test('a second claim in the same process is refused too, and does not loosen the first', async () => {
  const dir = dataDir();
  const owner = claimDataDir(dir);
  expect(() => claimDataDir(dir)).toThrow(expect.objectContaining({ name: 'AlreadyOwnedError', pid: process.pid }));
  const child = spawn(process.execPath, [join(import.meta.dirname, 'recorder-program.ts'), dir], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const said: string[] = [];
  child.stderr.setEncoding('utf8').on('data', (text: string) => said.push(text));
  expect(await once(child, 'close')).toEqual([1, null]);
  expect(said.join('')).toContain('AlreadyOwnedError');
  owner.release();
  claimDataDir(dir).release();
});

test('nobody else on the machine can read the directory or its files', async () => {
  const dir = join(dataDir(), 'made', 'here');
  const owner = claimDataDir(dir);
  const store = await openHistory(dir);
  const modeOf = (name: string) => (statSync(join(dir, name)).mode & 0o777).toString(8);
  expect(modeOf('.')).toBe('700');
  expect([HISTORY_FILE, `${HISTORY_FILE}-wal`, 'owner.lock', 'owner.pid'].map(modeOf)).toEqual([
    '600',
    '600',
    '600',
    '600',
  ]);
  await store.close();
  owner.release();
});
