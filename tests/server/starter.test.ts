import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import type { RunView } from '#lib/contract/action.ts';
import { NO_DIAGNOSIS } from '#lib/domain/diagnose.ts';
import type { Note } from '#lib/domain/note.ts';
import { probeHttp } from '#lib/probe/http-probe.ts';
import { osResolver } from '#lib/probe/resolve.ts';
import { readConfig } from '#lib/server/config.ts';
import { createLauncher } from '#lib/server/launch.ts';
import { createStarter, type Starter } from '#lib/server/starter.ts';
import { freePort } from '#tests/support/running-app.ts';

const PROGRAM = 'tests/support/review-server-program.ts';
const OWNER = { allowed: true } as const;

type Started = { readonly starter: Starter; readonly notes: Note[]; readonly port: number };

/** A starter for a command of the owner's, which watches a port of its own. */
async function starterOf(command: (port: number) => readonly string[]): Promise<Started> {
  const dataDir = await mkdtemp(join(tmpdir(), 'starter-'));
  onTestFinished(() => rm(dataDir, { recursive: true, force: true }));
  const port = await freePort();
  const config = readConfig({
    LIFELINE_DATA_DIR: dataDir,
    START_DIR: '.',
    START_COMMAND: JSON.stringify(command(port)),
  });
  const launcher = createLauncher(config) ?? expect.unreachable();
  const resolve = osResolver();
  const url = `http://127.0.0.1:${port}/health`;
  const notes: Note[] = [];
  const starter = createStarter({
    launcher,
    probeNow: async () => ({
      result: await probeHttp({ kind: 'name', url }, { resolve, onSilence: () => undefined }),
      diagnosis: NO_DIAGNOSIS,
    }),
    note: (note) => notes.push(note),
    now: Date.now,
    pause: (ms) => pause(Math.min(ms, 100)),
  });
  onTestFinished(async () => {
    const pid = await pidOf(port);
    if (pid !== null) process.kill(pid, 'SIGKILL');
  });
  return { starter, notes, port };
}

async function pidOf(port: number): Promise<number | null> {
  const { listeningSockets } = await import('#lib/host/listeners.ts');
  const sockets = await listeningSockets();
  const found = 'told' in sockets ? sockets.told.find((listener) => listener.port === port) : undefined;
  return found?.pid ?? null;
}

async function judged(starter: Starter): Promise<RunView> {
  await expect.poll(() => starter.run()?.outcome, { timeout: 20_000 }).not.toBeNull();
  return starter.run() ?? expect.unreachable();
}

test('follows a server from its start until it answers, and says after how long', async () => {
  const { starter, notes } = await starterOf((port) => [process.execPath, PROGRAM, '--port', String(port)]);
  expect(starter.start()).toMatchObject({ outcome: null, endedAt: null });
  const run = await judged(starter);
  expect(run).toMatchObject({ outcome: 'up', endedAt: null, exitCode: null });
  expect(run.upAfterMs).toBeGreaterThan(0);
  expect(run.output).toContain('ankiConnectUrl');
  expect(notes).toMatchObject([{ kind: 'remedy', at: run.startedAt, outcome: 'up', upAfterMs: run.upAfterMs }]);
});

test('starts one at a time, and none while the one before goes on', async () => {
  const { starter, port } = await starterOf((port) => [process.execPath, PROGRAM, '--port', String(port)]);
  expect(starter.start()).not.toBeNull();
  expect(starter.start()).toBeNull();
  expect(starter.action('not-running', OWNER)).toMatchObject({ state: 'busy' });
  await judged(starter);
  expect(starter.action('not-running', OWNER)).toMatchObject({ state: 'not-now' });
  expect(starter.start()).toBeNull();
  process.kill((await pidOf(port)) ?? expect.unreachable(), 'SIGKILL');
  await expect.poll(() => starter.run()).toMatchObject({ outcome: 'up', signal: 'SIGKILL' });
  expect(starter.action('crashed', OWNER)).toMatchObject({ state: 'ready', label: 'Start server' });
});

test('tells what a command said that failed, and how it ended', async () => {
  const { starter, notes } = await starterOf(() => [
    process.execPath,
    '-e',
    'console.error("ModuleNotFoundError: No module named app"); console.error("API_KEY=hunter2hunter2"); process.exit(3)',
  ]);
  starter.start();
  const run = await judged(starter);
  expect(run).toMatchObject({ outcome: 'exited', exitCode: 3, upAfterMs: null });
  expect(run.output).toContain('ModuleNotFoundError: No module named app');
  expect(run.output).not.toContain('hunter2');
  expect(notes).toMatchObject([{ kind: 'remedy', outcome: 'exited', exitCode: 3 }]);
});

test('says of a program that is missing that it could not be started', async () => {
  const { starter } = await starterOf(() => ['/no/such/program', '--serve']);
  starter.start();
  const run = await judged(starter);
  expect(run).toMatchObject({ outcome: 'not-started' });
  expect(run.output).toContain('ENOENT');
});

test('takes no word of a command for a shell', async () => {
  const { starter } = await starterOf(() => [
    process.execPath,
    '-e',
    'console.log(process.argv[1]); process.exit(1)',
    '$(id); echo more',
  ]);
  starter.start();
  expect((await judged(starter)).output).toBe('$(id); echo more');
});

test('keeps its own configuration from the server', async () => {
  const own = { LIFELINE_TOKEN: 'a-secret-of-ours-0123', ANKI_CONNECT_KEY: 'a-key-of-ours', PORT: '3000' };
  Object.assign(process.env, own);
  onTestFinished(() => {
    for (const name of Object.keys(own)) delete process.env[name];
  });
  const { starter } = await starterOf(() => [
    process.execPath,
    '-e',
    'console.log(["LIFELINE_TOKEN", "ANKI_CONNECT_KEY", "PORT", "PATH"].map((name) => name in process.env).join()); process.exit(1)',
  ]);
  starter.start();
  expect((await judged(starter)).output).toBe('false,false,false,true');
});

test('offers nothing that would find the port taken, and nothing to whom it does not belong', async () => {
  const { starter } = await starterOf(() => [process.execPath, '--version']);
  expect(starter.action('hung', OWNER)).toMatchObject({ state: 'not-now', label: 'Restart server' });
  expect(starter.action('not-running', { allowed: false, detail: 'Only grant@example.com may.' })).toMatchObject({
    state: 'not-owner',
    detail: 'Only grant@example.com may.',
  });
});
