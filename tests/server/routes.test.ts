import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { GET as exported } from '#app/api/export/route.ts';
import { GET as health } from '#app/api/health/route.ts';
import { GET as history } from '#app/api/history/route.ts';
import { GET as incidents } from '#app/api/incidents/route.ts';
import { GET as metrics } from '#app/api/metrics/route.ts';
import { GET as probe } from '#app/api/probe/route.ts';
import { GET as status } from '#app/api/status/route.ts';
import { errorSchema } from '#lib/contract/error.ts';
import { historySchema, incidentsSchema } from '#lib/contract/history.ts';
import { probeReportSchema } from '#lib/contract/probe-report.ts';
import { type Status, statusSchema } from '#lib/contract/status.ts';
import { WINDOWS } from '#lib/domain/window.ts';
import { readConfig } from '#lib/server/config.ts';
import { type Services, startServices } from '#lib/server/services.ts';
import { type ScriptedAnkiConnect, scriptedAnkiConnect } from '#tests/support/scripted-ankiconnect.ts';
import { type ScriptedReviewServer, scriptedReviewServer } from '#tests/support/scripted-review-server.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'lifeline-routes-'));
let anki: ScriptedAnkiConnect;
let server: ScriptedReviewServer;
let services: Services;

const ask = (path: string, headers: Record<string, string> = {}) =>
  new Request(`http://127.0.0.1:3000${path}`, { headers });
const statusNow = async (): Promise<Status> => statusSchema.parse(await (await status(ask('/api/status'))).json());

async function until(holds: (now: Status) => boolean): Promise<Status> {
  for (const patience = performance.now() + 15_000; performance.now() < patience; await sleep(50)) {
    const now = await statusNow();
    if (holds(now)) return now;
  }
  throw new Error(`never came: ${JSON.stringify(await statusNow())}`);
}

beforeAll(async () => {
  anki = await scriptedAnkiConnect();
  server = await scriptedReviewServer({ parts: { ankiConnectUrl: anki.url, bridgeUrl: null } });
  services = await startServices(
    readConfig({ REVIEW_SERVER_URL: server.url, PROBE_INTERVAL_MS: '1000', LIFELINE_DATA_DIR: dataDir }),
  );
});

afterAll(async () => {
  await services.close();
  await server.stop();
  await anki.stop();
  rmSync(dataDir, { recursive: true });
});

test('the glance is ready, then down with an incident, then ready again with the incident’s times', async () => {
  await until(({ level }) => level === 'ready');
  const stoppedAt = Date.now();
  await server.stop();
  const down = await until(({ level }) => level === 'down');
  expect(down.diagnosis).toMatchObject({ cause: 'not-running', appShows: { code: -1004 } });
  expect(down.incidentId).not.toBeNull();
  await server.start();
  await until(({ level }) => level === 'ready');
  const told = incidentsSchema.parse(await (await incidents(ask(`/api/incidents?id=${down.incidentId}`))).json());
  expect(told.incidents).toHaveLength(1);
  const [incident] = told.incidents;
  expect(incident?.startedAt).toBeGreaterThanOrEqual(stoppedAt - 1_000);
  expect(incident?.endedAt).toBeGreaterThan(incident?.startedAt ?? 0);
  expect(incident?.confirmedAt).toBeGreaterThan(incident?.startedAt ?? 0);
});

test('a live probe tells its phases and whether the app would have waited', async () => {
  const report = probeReportSchema.parse(await (await probe(ask('/api/probe'))).json());
  expect(report).toMatchObject({ outcome: 'answered', status: 200, withinPatience: true });
  expect(Object.keys(report.timings)).toEqual(expect.arrayContaining(['tcp', 'firstByte', 'download']));
});

test.each(WINDOWS)('the history of %s sums to its window in at most 400 buckets', async (window) => {
  const told = historySchema.parse(await (await history(ask(`/api/history?window=${window}`))).json());
  expect(told.buckets.length).toBeLessThanOrEqual(400);
  const sum = told.buckets.reduce(
    (all, { readyMs, degradedMs, downMs, gapMs }) => all + readyMs + degradedMs + downMs + gapMs,
    0,
  );
  expect(sum).toBe(told.to - told.from);
  expect(told.uptime.ready).toBeGreaterThan(0);
});

test('a bad window is answered with what is expected, in the one error shape', async () => {
  const response = await history(ask('/api/history?window=2d'));
  expect(response.status).toBe(400);
  const { error } = errorSchema.parse(await response.json());
  expect(error).toEqual({
    code: 'bad-parameter',
    message: 'window is "2d", expected one of 1h, 24h, 7d, 30d, 90d, 1y.',
  });
});

test('the phone’s own rung is ok when the request came through the tailnet', async () => {
  const from = async (address: string) =>
    statusSchema.parse(await (await status(ask('/api/status', { 'x-forwarded-for': address }))).json()).ladder[0]
      ?.state;
  expect(await from('100.64.0.9')).toBe('ok');
  expect(await from('203.0.113.9')).toBe('unknown');
});

test('Lifeline says that it is well, and counts its rounds', async () => {
  const response = await health(ask('/api/health'));
  expect(response.status).toBe(200);
  expect(response.headers.get('cache-control')).toBe('no-store');
  expect(await response.json()).toMatchObject({ status: 'ok', monitor: { rounds: expect.any(Number) } });
});

test('the export streams every kept probe, as CSV and as JSON', async () => {
  const csv = await exported(ask('/api/export?format=csv&window=1h'));
  expect(csv.headers.get('content-disposition')).toMatch(/^attachment; filename="lifeline-1h-\d{4}-\d\d-\d\d\.csv"$/);
  const lines = (await csv.text()).trimEnd().split('\n');
  const file: unknown = await (await exported(ask('/api/export?format=json&window=1h'))).json();
  expect(lines[0]).toMatch(/^time,startedAt,target,outcome,cause,/);
  expect(lines.some((line) => line.includes(',failed,not-running,tcp,refused,'))).toBe(true);
  expect(file).toMatchObject({ window: '1h', incidents: [{ cause: 'not-running' }], probes: expect.any(Array) });
});

test('Prometheus reads the level and the latency', async () => {
  const text = await (await metrics(ask('/api/metrics'))).text();
  expect(text).toMatch(/^lifeline_level\{level="ready"\} 1$/m);
  expect(text).toMatch(/^lifeline_probe_duration_seconds 0\.\d+$/m);
});
