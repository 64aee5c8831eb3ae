import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { type DurationMs, SECOND } from '#lib/domain/time.ts';
import { WINDOWS, type Window } from '#lib/domain/window.ts';
import { readHistory } from '#lib/server/read-history.ts';
import type { HistoryStore } from '#lib/store/history-store.ts';
import { openHistory } from '#lib/store/open-history.ts';
import { madeProbe } from '#tests/support/made-probe.ts';
import { randomOf } from '#tests/support/random.ts';
import { type Figure, printFigures } from './figures.ts';
import { makeYear, YEAR_ENDS } from './made-year.ts';

const CALLS = 60;
const ROUNDS = 2_000;
const WARM_UP_ROUNDS = 200;

/** What a year of history takes on disk, what a chart waits for it, and what one round writes and costs. */
export async function run(): Promise<void> {
  // Not in /tmp, which may be memory: the bytes that reach the disk are counted.
  const dataDir = mkdtempSync('/var/tmp/lifeline-bench-');
  try {
    const startedAt = performance.now();
    const bytes = await makeYear(dataDir);
    const tookS = (performance.now() - startedAt) / SECOND;
    const store = await openHistory(dataDir);
    const windows = [];
    for (const window of WINDOWS) windows.push(await readingOf(store, window));
    const rounds = await writingOf(store);
    await store.close();
    printFigures([
      {
        what: `a made year of probes every 5 s, with retention (made in ${tookS.toFixed(0)} s)`,
        ours: `${(bytes / 1e6).toFixed(1)} MB`,
        target: '≤ 60 MB',
        peer: '199 MB (every 20 s)',
      },
      ...windows,
      ...rounds,
    ]);
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** What the answer of `/api/history` takes to make. */
async function readingOf(store: HistoryStore, window: Window): Promise<Figure> {
  const took: DurationMs[] = [];
  const before = process.cpuUsage();
  for (let call = 0; call < CALLS; call += 1) {
    const startedAt = performance.now();
    JSON.stringify(await readHistory({ store, measuredUntil: YEAR_ENDS, now: YEAR_ENDS }, window));
    took.push(performance.now() - startedAt);
  }
  const { user, system } = process.cpuUsage(before);
  const sorted = took.toSorted((a, b) => a - b);
  const at = (share: number) => `${(sorted[Math.floor(share * (CALLS - 1))] ?? 0).toFixed(1)} ms`;
  return {
    what: `/api/history?window=${window}, p50 / p95 of ${CALLS} calls (CPU of one)`,
    ours: `${at(0.5)} / ${at(0.95)} (${((user + system) / CALLS / 1_000).toFixed(1)} ms)`,
    target: '≤ 15 ms p95',
  };
}

/** Rounds on the full year, with the roll-up of every minute and the forgetting of every hour, as the monitor does it. */
async function writingOf(store: HistoryStore): Promise<readonly Figure[]> {
  const random = randomOf(2);
  let at = YEAR_ENDS;
  let recordMicros = 0;
  const live = async (rounds: number) => {
    for (let nth = 0; nth < rounds; nth += 1) {
      at += 5 * SECOND;
      const before = process.cpuUsage();
      await store.record({ measurements: [madeProbe(at, 'healthy', random)], spans: [] });
      const { user, system } = process.cpuUsage(before);
      recordMicros += user + system;
      if (nth % 12 === 0) await store.rollUp(at);
      if (nth % 720 === 0) await store.forget(at);
    }
  };
  await live(WARM_UP_ROUNDS);
  recordMicros = 0;
  const written = bytesWritten();
  await live(ROUNDS);
  const perRound =
    written === null ? 'unknown (no /proc)' : `${(((bytesWritten() ?? 0) - written) / ROUNDS / 1_000).toFixed(1)} KB`;
  return [
    {
      what: `written to disk per round, all in, over ${ROUNDS} rounds`,
      ours: perRound,
      target: '≤ 5 KB',
      peer: '38 KB',
    },
    { what: 'CPU per record', ours: `${(recordMicros / ROUNDS).toFixed(0)} µs` },
  ];
}

/** What this process has made the disk write so far; null where the system does not tell. */
function bytesWritten(): number | null {
  try {
    return Number(/^write_bytes: (\d+)/m.exec(readFileSync('/proc/self/io', 'utf8'))?.[1]);
  } catch {
    return null;
  }
}
