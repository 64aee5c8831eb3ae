import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { STANDALONE } from '#scripts/project.mjs';
import { serverCommand } from '#scripts/server-process.mjs';

export type RunningApp = {
  readonly url: string;
  readonly pid: number;
  /** From the start of the process to its first answer. */
  readonly firstAnswerMs: number;
  /** All it printed so far. */
  readonly output: () => string;
  /** Asks it to end, and waits until it has; resolves to its exit code (null: it had to be killed). */
  readonly stop: () => Promise<number | null>;
};

export type AppOptions = {
  readonly reviewServerUrl: string;
  readonly ankiConnectUrl: string;
  readonly intervalMs: number;
  /** Absent: one of its own, removed at the end. */
  readonly dataDir?: string;
  /** Absent: a free one. */
  readonly port?: number;
  /** Absent: the build of this project. */
  readonly standalone?: string;
  /** Further variables of its environment. */
  readonly env?: Readonly<Record<string, string>>;
};

const START_LIMIT_MS = 30_000;
const STOP_LIMIT_MS = 10_000;

/** Starts the built app, as `npm start` does, on a free loopback port. Throws with what it printed when it does not come up. */
export async function startApp({
  reviewServerUrl,
  ankiConnectUrl,
  intervalMs,
  dataDir,
  port: askedPort,
  standalone = STANDALONE,
  env = {},
}: AppOptions): Promise<RunningApp> {
  const ownDir = dataDir === undefined ? await mkdtemp(join(tmpdir(), 'lifeline-app-')) : null;
  const port = askedPort ?? (await freePort());
  const command = serverCommand({
    ...process.env,
    ...env,
    PORT: String(port),
    HOST: '127.0.0.1',
    REVIEW_SERVER_URL: reviewServerUrl,
    ANKI_CONNECT_URL: ankiConnectUrl,
    PROBE_INTERVAL_MS: String(intervalMs),
    LIFELINE_DATA_DIR: dataDir ?? ownDir ?? '',
  });
  const startedAt = performance.now();
  const args = command.args.map((arg) => arg.replace(STANDALONE, standalone));
  const child = spawn(command.file, args, { env: command.env, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = once(child, 'exit');
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }

  const stop = async () => {
    child.kill('SIGTERM');
    const killing = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT_MS);
    const [code] = await ended;
    clearTimeout(killing);
    if (ownDir !== null) await rm(ownDir, { recursive: true, force: true });
    return code as number | null;
  };

  const url = `http://127.0.0.1:${port}`;
  const alive = () => child.exitCode === null && performance.now() - startedAt < START_LIMIT_MS;
  if (!(await untilItAnswers(`${url}/`, alive))) {
    await stop();
    throw new Error(`The app did not answer at ${url}:\n${output}`);
  }
  const firstAnswerMs = performance.now() - startedAt;
  return { url, pid: child.pid ?? 0, firstAnswerMs, output: () => output, stop };
}

/** Asks until there is an answer; false when `goOn` says to give up before. */
export async function untilItAnswers(url: string, goOn: () => boolean): Promise<boolean> {
  while (goOn()) {
    const answered = await fetch(url, { signal: AbortSignal.timeout(5_000) })
      .then((response) => response.arrayBuffer())
      .then(
        () => true,
        () => false,
      );
    if (answered) return true;
    await pause(10);
  }
  return false;
}

/** A loopback port nobody listens on at this moment. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('not listening on a port');
  return address.port;
}
