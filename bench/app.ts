import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import * as z from 'zod/mini';
import { type DurationMs, MINUTE, SECOND } from '#lib/domain/time.ts';
import { ensureBuilt } from '#scripts/build.mjs';
import { ROOT } from '#scripts/project.mjs';
import { freePort, startApp, untilItAnswers } from '#tests/support/running-app.ts';
import { type Figure, median, printFigures } from './figures.ts';
import { figuresOf, type ProcessFigures } from './process-figures.ts';

const SAMPLE_MS = 5 * SECOND;
const WARM_UP_MS = 30 * SECOND;
const STARTS = 5;
/** Answers as the real one does, so that it is asked at its cadence; it costs what starting a small program costs. */
const TAILSCALE = join(ROOT, 'bench', 'tailscale.sh');

const healthSchema = z.object({ monitor: z.object({ rounds: z.int() }) });
const programSchema = z.object({ url: z.string(), ankiConnectUrl: z.string() });

/**
 * What the whole app costs while nobody looks: processor, memory and disk at two probe intervals at once, each app on a
 * review server of its own in another process, for `BENCH_MINUTES` (10) after half a minute; and how fast it starts.
 */
export async function run(): Promise<void> {
  await ensureBuilt();
  const minutes = Number(process.env['BENCH_MINUTES'] ?? 10);
  const starts: DurationMs[] = [];
  for (let nth = 0; nth < STARTS; nth += 1) starts.push(await secondStart());
  const [calm, quick] = await Promise.all([5 * SECOND, SECOND].map((intervalMs) => idle(intervalMs, minutes * MINUTE)));
  printFigures([
    {
      what: `start of a built tree to first answer, median of ${STARTS}`,
      ours: `${(median(starts) / SECOND).toFixed(2)} s`,
      target: '< 2 s',
      peer: '1.3–2.2 s (warm)',
    },
    ...(calm
      ? idleFigures('every 5 s', calm, { cpu: '≤ 0.3 %', all: '≤ 0.5 %', rss: '≤ 130 MB', written: '≤ 5 KB' })
      : []),
    ...(quick ? idleFigures('every 1 s', quick, {}) : []),
  ]);
}

/** From `node scripts/start.mjs` in a built tree to the first answer. */
async function secondStart(): Promise<DurationMs> {
  const dataDir = mkdtempSync(join(tmpdir(), 'lifeline-bench-'));
  const port = await freePort();
  const env = {
    ...process.env,
    PORT: String(port),
    REVIEW_SERVER_URL: 'http://127.0.0.1:9',
    LIFELINE_DATA_DIR: dataDir,
  };
  const startedAt = performance.now();
  const app = spawn(process.execPath, ['scripts/start.mjs'], { cwd: ROOT, env, stdio: 'ignore' });
  const ended = once(app, 'exit');
  const answered = await untilItAnswers(`http://127.0.0.1:${port}/`, () => app.exitCode === null);
  const tookMs = performance.now() - startedAt;
  app.kill('SIGTERM');
  await ended;
  rmSync(dataDir, { recursive: true });
  if (!answered) throw new Error('the app ended before it answered');
  return tookMs;
}

type Idle = {
  readonly seconds: number;
  readonly rounds: number;
  readonly from: ProcessFigures;
  readonly to: ProcessFigures;
  readonly residentBytes: readonly number[];
};

async function idle(intervalMs: DurationMs, lastsMs: DurationMs): Promise<Idle> {
  const { program, url, ankiConnectUrl } = await reviewServer();
  const env = { TAILSCALE_BIN: TAILSCALE };
  const app = await startApp({ reviewServerUrl: url, ankiConnectUrl, intervalMs, env });
  const rounds = async () => healthSchema.parse(await (await fetch(`${app.url}/api/health`)).json()).monitor.rounds;
  try {
    await pause(Math.min(WARM_UP_MS, lastsMs));
    const [before, from, startedAt] = [await rounds(), figuresOf(app.pid), performance.now()];
    const residentBytes: number[] = [];
    while (performance.now() - startedAt < lastsMs) {
      await pause(Math.min(SAMPLE_MS, lastsMs));
      residentBytes.push(figuresOf(app.pid).residentBytes);
    }
    const to = figuresOf(app.pid);
    const seconds = (performance.now() - startedAt) / SECOND;
    return { seconds, from, to, residentBytes, rounds: (await rounds()) - before };
  } finally {
    await app.stop();
    program.kill('SIGKILL');
  }
}

/** A scripted review server in a process of its own, so that its cost is not the app's. */
async function reviewServer(): Promise<{ program: ChildProcess; url: string; ankiConnectUrl: string }> {
  const program = spawn(process.execPath, [join(ROOT, 'tests', 'support', 'review-server-program.ts')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [told] = await once(program.stdout, 'data');
  return { program, ...programSchema.parse(JSON.parse(String(told))) };
}

type Targets = { readonly cpu?: string; readonly all?: string; readonly rss?: string; readonly written?: string };

function idleFigures(when: string, { seconds, rounds, from, to, residentBytes }: Idle, targets: Targets): Figure[] {
  const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(0)} MB`;
  const told = (target: string | undefined, peer: string) => (target === undefined ? {} : { target, peer });
  const written = ((to.writtenBytes ?? Number.NaN) - (from.writtenBytes ?? Number.NaN)) / rounds;
  return [
    {
      what: `${when}: CPU of one core, over ${(seconds / 60).toFixed(1)} min`,
      ours: `${(((to.cpuSeconds - from.cpuSeconds) / seconds) * 100).toFixed(2)} %`,
      ...told(targets.cpu, '0.95 %'),
    },
    {
      what: `${when}: the same with its host tools, all facts at their cadence`,
      ours: withTools(from, to, seconds),
      ...(targets.all === undefined ? {} : { target: targets.all }),
    },
    {
      what: `${when}: resident, median (max)`,
      ours: `${megabytes(median(residentBytes))} (${megabytes(Math.max(...residentBytes))})`,
      ...told(targets.rss, '145 MB'),
    },
    {
      what: `${when}: written per round, over ${rounds} rounds`,
      ours: Number.isNaN(written) ? 'not told by this system' : `${(written / 1e3).toFixed(1)} KB`,
      ...told(targets.written, '38 KB'),
    },
  ];
}

function withTools(from: ProcessFigures, to: ProcessFigures, seconds: number): string {
  const children = (to.childCpuSeconds ?? Number.NaN) - (from.childCpuSeconds ?? Number.NaN);
  const share = ((to.cpuSeconds - from.cpuSeconds + children) / seconds) * 100;
  return Number.isNaN(share) ? 'not told by this system' : `${share.toFixed(2)} %`;
}
