import { expect, test } from 'vitest';
import { quantile, RELATIVE_ERROR } from '#lib/domain/latency-sketch.ts';
import { DAY, HOUR, MINUTE, SECOND } from '#lib/domain/time.ts';
import { sumDurations } from '#lib/domain/uptime.ts';
import { openHistory } from '#lib/store/open-history.ts';
import { gap, MIDNIGHT, measured, round, state } from './rounds.ts';

test('the quantiles of a merged day are within one percent of the exact ones', async () => {
  const store = await openHistory(':memory:');
  const latencies = Array.from({ length: 2_000 }, (_, k) => 8 + ((k * 7_919) % 4_801) / 3);
  const measurements = latencies.map((totalMs, k) => measured(MIDNIGHT + k * 40 * SECOND, { totalMs }));
  await store.record({ measurements, spans: [state(MIDNIGHT, 'healthy')] });
  await store.record(round(MIDNIGHT + DAY, {}));
  await store.rollUp(MIDNIGHT + DAY);
  const [day] = await store.buckets(
    { from: MIDNIGHT, to: MIDNIGHT + DAY },
    { bucketMs: DAY, measuredUntil: MIDNIGHT + DAY },
  );
  const sorted = latencies.toSorted((a, b) => a - b);
  for (const q of [0.05, 0.5, 0.95, 0.99]) {
    const exact = sorted[Math.floor(q * (sorted.length - 1))] ?? Number.NaN;
    const told = (day && quantile(day.latency, q)) ?? Number.NaN;
    expect(Math.abs(told / exact - 1)).toBeLessThan(RELATIVE_ERROR * 1.01);
  }
  await store.close();
});

test('rolling up again changes nothing, and nothing may be written before it any more', async () => {
  const store = await openHistory(':memory:');
  await store.record(round(MIDNIGHT, { begins: true }));
  await store.record(round(MIDNIGHT + 10 * MINUTE));
  const ask = () =>
    store.buckets(
      { from: MIDNIGHT, to: MIDNIGHT + HOUR },
      { bucketMs: 5 * MINUTE, measuredUntil: MIDNIGHT + 10 * MINUTE + 20 },
    );
  const before = await ask();
  await store.rollUp(MIDNIGHT + 10 * MINUTE);
  await store.rollUp(MIDNIGHT + 10 * MINUTE);
  expect(await ask()).toEqual(before);
  await expect(store.record({ measurements: [], spans: [state(MIDNIGHT + 9 * MINUTE, 'hung')] })).rejects.toThrow(
    /would come before/,
  );
  await store.close();
});

test('a state that lasts is rolled up only as far as it was measured', async () => {
  const store = await openHistory(':memory:');
  await store.record(round(MIDNIGHT, { begins: true }));
  await store.rollUp(MIDNIGHT + DAY);
  await store.record(round(MIDNIGHT + HOUR));
  const options = { bucketMs: HOUR, measuredUntil: MIDNIGHT + HOUR };
  expect(await store.buckets({ from: MIDNIGHT, to: MIDNIGHT + HOUR }, options)).toMatchObject([
    { readyMs: HOUR, gapMs: 0 },
  ]);
  await store.close();
});

test('years off are skipped in a moment and come out as a gap', async () => {
  const store = await openHistory(':memory:');
  await store.record({
    measurements: [measured(MIDNIGHT)],
    spans: [state(MIDNIGHT, 'healthy'), gap(MIDNIGHT + 20, 'stopped')],
  });
  const back = MIDNIGHT + 1_000 * DAY;
  await store.record(round(back, { begins: true }));
  await store.record(round(back + MINUTE));
  const startedAt = performance.now();
  await store.rollUp(back + MINUTE);
  expect(performance.now() - startedAt).toBeLessThan(10_000);
  const buckets = await store.buckets(
    { from: MIDNIGHT, to: back + MINUTE },
    { bucketMs: DAY, measuredUntil: back + MINUTE },
  );
  expect(buckets).toHaveLength(1_001);
  expect(sumDurations(buckets)).toEqual({ readyMs: 20 + MINUTE, degradedMs: 0, downMs: 0, gapMs: 1_000 * DAY - 20 });
  await store.close();
});

test('catching up with half a day at one probe a second lets everything else have its turn after each half hour', async () => {
  const store = await openHistory(':memory:');
  const measurements = Array.from({ length: 43_200 }, (_, k) => measured(MIDNIGHT + k * SECOND));
  await store.record({ measurements, spans: [state(MIDNIGHT, 'healthy')] });
  let turns = 0;
  const taking = setInterval(() => {
    turns += 1;
  }, 1);
  await store.rollUp(MIDNIGHT + DAY);
  clearInterval(taking);
  expect(turns).toBeGreaterThanOrEqual(12);
  await store.close();
});

test('what would change time that is already told is our own mistake and is refused', async () => {
  const store = await openHistory(':memory:');
  await store.record(round(MIDNIGHT, { begins: true }));
  await store.record(round(MIDNIGHT + 2 * MINUTE));
  await expect(store.record({ measurements: [], spans: [state(MIDNIGHT - 1, 'hung')] })).rejects.toThrow(
    /would come before/,
  );
  await store.rollUp(MIDNIGHT + MINUTE);
  await expect(store.record(round(MIDNIGHT + MINUTE - 1))).rejects.toThrow(/would come before/);
  await store.close();
});

test('a slow probe is kept, though it ends after a later quick one', async () => {
  const store = await openHistory(':memory:');
  await store.record(round(MIDNIGHT + MINUTE, { begins: true }));
  await store.record(round(MIDNIGHT + MINUTE - 1));
  expect(await Array.fromAsync(store.measurements({ from: MIDNIGHT, to: MIDNIGHT + DAY }))).toHaveLength(2);
  await store.close();
});
