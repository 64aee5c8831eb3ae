import { expect, test } from 'vitest';
import type { Health } from '#lib/domain/health.ts';
import type { Measurement } from '#lib/domain/measurement.ts';
import { DAY, HOUR, MINUTE, SECOND } from '#lib/domain/time.ts';
import type { Span } from '#lib/domain/timeline.ts';
import { historyOn, openHistory } from '#lib/store/open-history.ts';
import { openSqlite } from '#lib/store/sqlite-file.ts';
import { gap, MIDNIGHT, measured, round, state } from './rounds.ts';

const all = { from: 0, to: MIDNIGHT + 1_000 * DAY };
const target = {
  kind: 'tailnet',
  url: 'https://macbook.tail1234.ts.net/health',
  address: 'fd7a:115c:a1e0::7',
} as const;

const answered: Measurement = {
  result: {
    outcome: 'answered',
    status: 200,
    target: { kind: 'name', url: 'http://macbook.tail1234.ts.net:8000/health' },
    startedAt: MIDNIGHT,
    address: '100.64.0.7',
    addresses: ['100.64.0.7', 'fd7a:115c:a1e0::7'],
    timings: { dns: 0.412, tcp: 1.001, firstByte: 31.25, download: 0 },
    totalMs: 32.663,
    health: { server: 'ok', ankiAddon: 'unknown', ankiConnect: 'error: ', ankiRunning: 'not_running' },
  },
  cause: 'anki-not-running',
  late: true,
};
const failed: Measurement = {
  result: {
    outcome: 'failed',
    target,
    startedAt: MIDNIGHT,
    address: target.address,
    timings: { tcp: 12.5, tls: 3.125 },
    totalMs: 15.625,
    failedIn: 'tls',
    reason: 'bad-certificate',
    status: 503,
    code: 'CERT_HAS_EXPIRED',
    detail: 'expired on 2026-01-01',
    local: false,
  },
  cause: 'tls',
  late: false,
};

test('a probe comes back as it was, with all that it said, and only what it said', async () => {
  const store = await openHistory(':memory:');
  const bare: Measurement = {
    result: {
      outcome: 'failed',
      target: { kind: 'loopback', url: 'http://127.0.0.1:8000/health' },
      startedAt: MIDNIGHT + 1,
      timings: {},
      totalMs: 0,
      failedIn: 'dns',
      reason: 'not-found',
    },
    cause: 'name-not-found',
    late: false,
  };
  await store.record({ measurements: [answered, failed, bare], spans: [] });
  expect(await Array.fromAsync(store.measurements(all))).toEqual([answered, failed, bare]);
  await store.close();
});

test('a probe of the same moment and target is replaced, one of another target is not', async () => {
  const store = await openHistory(':memory:');
  await store.record({ measurements: [answered, failed], spans: [] });
  const again: Measurement = { ...answered, late: false };
  await store.record({ measurements: [again], spans: [] });
  expect(await Array.fromAsync(store.measurements(all))).toEqual([again, failed]);
  await store.close();
});

test('a round is kept whole or not at all', async () => {
  const store = await openHistory(':memory:');
  const broken = { ...failed, result: { ...failed.result, totalMs: Number.NaN } };
  await expect(store.record({ measurements: [answered, broken], spans: [state(MIDNIGHT, 'tls')] })).rejects.toThrow(
    RangeError,
  );
  expect(await Array.fromAsync(store.measurements(all))).toEqual([]);
  expect(await store.newest()).toEqual({ span: null, measuredUntil: null });
  await store.record({ measurements: [answered], spans: [] });
  expect(await Array.fromAsync(store.measurements(all))).toEqual([answered]);
  await store.close();
});

test('a late probe is kept but counts for nothing', async () => {
  const store = await openHistory(':memory:');
  await store.record(round(MIDNIGHT, { begins: true }));
  await store.record(round(MIDNIGHT + 5 * SECOND, { late: true, totalMs: 900 }));
  const newest = await store.newest();
  expect(newest.measuredUntil).toBe(MIDNIGHT + 20);
  const [bucket] = await store.buckets(
    { from: MIDNIGHT, to: MIDNIGHT + MINUTE },
    { bucketMs: 5 * MINUTE, measuredUntil: MIDNIGHT + 20 },
  );
  expect(bucket).toMatchObject({ count: 1, readyMs: 20, gapMs: MINUTE - 20 });
  expect(await Array.fromAsync(store.measurements(all))).toHaveLength(2);
  await store.close();
});

test('an incident under way when an interval begins is given whole, with its gaps', async () => {
  const store = await openHistory(':memory:');
  const ready = (at: number): Span => ({ at, level: 'ready', cause: 'healthy', confirmedAt: at });
  const told = [
    ready(MIDNIGHT),
    state(MIDNIGHT + 1, 'hung'),
    gap(MIDNIGHT + 2, 'asleep'),
    state(MIDNIGHT + 3, 'hung'),
    ready(MIDNIGHT + 9),
  ];
  await store.record({ measurements: [], spans: told });
  expect(await store.spansFor({ from: MIDNIGHT + 5, to: MIDNIGHT + 8 }, 10)).toEqual(told.slice(0, 4).reverse());
  await store.close();
});

test('a state that begins where another already does replaces it', async () => {
  const store = await openHistory(':memory:');
  await store.record({ measurements: [], spans: [state(MIDNIGHT, 'hung')] });
  await store.record({ measurements: [], spans: [state(MIDNIGHT, 'not-running'), gap(MIDNIGHT + HOUR, 'asleep')] });
  expect(await store.spansFor({ from: 0, to: MIDNIGHT + DAY }, 10)).toEqual([
    gap(MIDNIGHT + HOUR, 'asleep'),
    state(MIDNIGHT, 'not-running'),
  ]);
  await store.close();
});

test('an export of thousands comes in order, and lets others work meanwhile', async () => {
  const store = await openHistory(':memory:');
  const moments = Array.from({ length: 1_777 }, (_, k) => MIDNIGHT + k * SECOND);
  await store.record({ measurements: moments.map((at) => measured(at)), spans: [] });
  const found: number[] = [];
  for await (const { result } of store.measurements({ from: MIDNIGHT + SECOND, to: MIDNIGHT + 1_776 * SECOND })) {
    found.push(result.startedAt);
    if (found.length === 700) await store.record(round(MIDNIGHT + HOUR));
  }
  expect(found).toEqual(moments.slice(1, -1));
  await store.close();
});

test('what the server says is kept once, and a server that says something new each time cannot fill the disk', async () => {
  const sqlite = openSqlite(':memory:');
  const store = await historyOn(sqlite);
  const saying = (startedAt: number, health: Health): Measurement => ({
    ...answered,
    result: { ...answered.result, outcome: 'answered', status: 200, startedAt, health },
  });
  const health = { server: 'ok', ankiAddon: 'ok', ankiConnect: 'ok', ankiRunning: 'error_500' };
  const measurements = Array.from({ length: 3_000 }, (_, k) =>
    saying(MIDNIGHT + k * SECOND, { ...health, ankiConnect: `error: at ${k}` }),
  );
  await store.record({ measurements, spans: [] });
  await store.record({ measurements: [saying(MIDNIGHT + DAY, health)], spans: [] });
  expect(sqlite.prepare('select count(*) as texts from words').get()).toEqual({ texts: 2_002 });
  const kept = await Array.fromAsync(store.measurements(all));
  expect(kept.slice(0, 2_000)).toEqual(measurements.slice(0, 2_000));
  expect(kept.at(-2)?.result).toMatchObject({ health: { ...health, ankiConnect: 'error: not kept' } });
  expect(kept.at(-1)?.result).toMatchObject({ health });
  await store.close();
});

test('a damaged row is reported and left out, and the rest is told', async () => {
  const sqlite = openSqlite(':memory:');
  const reported: string[] = [];
  const store = await historyOn(sqlite, (table, fault) => reported.push(`${table} ${fault}`));
  await store.record({
    ...round(MIDNIGHT, { begins: true }),
    spans: [state(MIDNIGHT, 'healthy'), state(MIDNIGHT + HOUR, 'hung')],
  });
  await store.record(round(MIDNIGHT + HOUR, { cause: 'hung' }));
  await store.record(round(MIDNIGHT + HOUR + MINUTE, { cause: 'hung' }));
  await store.rollUp(MIDNIGHT + HOUR + MINUTE);
  sqlite.exec(`update span set level = 77 where at = ${MIDNIGHT + HOUR}`);
  sqlite.exec(`update probe set cause = 99 where id = ${MIDNIGHT * 4}`);
  sqlite.exec(`update five_minutes set tally = x'ffffff' where at = ${MIDNIGHT}`);
  sqlite.exec("update words set body = '{}' where id = 1");
  expect((await store.newest()).span).toEqual(gap(MIDNIGHT + HOUR, 'stopped'));
  const until = MIDNIGHT + HOUR + MINUTE;
  const buckets = await store.buckets({ from: MIDNIGHT, to: until }, { bucketMs: 5 * MINUTE, measuredUntil: until });
  expect(buckets[0]).toMatchObject({ count: 0, readyMs: 0, gapMs: 5 * MINUTE });
  expect(await Array.fromAsync(store.measurements(all))).toHaveLength(2);
  expect(reported.map((line) => line.split(' ')[0])).toEqual(['span', 'bucket', 'probe']);
  await store.close();
});
