import { expect, test } from 'vitest';
import { DAY, MINUTE } from '#lib/domain/time.ts';
import { sumDurations } from '#lib/domain/uptime.ts';
import { historyOn } from '#lib/store/open-history.ts';
import { openSqlite } from '#lib/store/sqlite-file.ts';
import { gap, MIDNIGHT, measured, state } from './rounds.ts';

/** A history of a probe every ten minutes for so many days, all of it settled; `rows` counts what is kept. */
async function aged(days: number) {
  const sqlite = openSqlite(':memory:');
  const store = await historyOn(sqlite);
  const to = MIDNIGHT + days * DAY;
  const moments = Array.from({ length: days * 144 + 1 }, (_, k) => MIDNIGHT + k * 10 * MINUTE);
  await store.record({ measurements: moments.map((at) => measured(at)), spans: [state(MIDNIGHT, 'healthy')] });
  await store.rollUp(to);
  const rows = (table: string) => Number(sqlite.prepare(`select count(*) as n from ${table}`).get()?.['n']);
  return { sqlite, store, to, rows };
}

test('probes are kept 30 days, minutes 90 days, hours, quarters of days and states two years, days for ever', async () => {
  const { store, to, rows } = await aged(100);
  await store.forget(to);
  expect(['probe', 'minute', 'five_minutes', 'hour', 'two_hours', 'quarter_day', 'day'].map(rows)).toEqual([
    30 * 144 + 1,
    (90 * DAY) / MINUTE,
    90 * 288,
    100 * 24,
    1_200,
    400,
    100,
  ]);
  await store.record({ measurements: [], spans: [state(to, 'hung'), gap(to + DAY, 'stopped')] });
  const later = to + 740 * DAY;
  await store.rollUp(later);
  for (let call = 0; call < 4; call += 1) await store.forget(later);
  expect(['probe', 'minute', 'five_minutes', 'hour', 'two_hours', 'quarter_day', 'day', 'words'].map(rows)).toEqual([
    0, 0, 0, 0, 0, 0, 101, 0,
  ]);
  expect(await store.spansBefore(later, 9)).toEqual([gap(to + DAY, 'stopped')]);
  const options = { bucketMs: DAY, measuredUntil: to };
  const year = await store.buckets({ from: MIDNIGHT, to: later }, options);
  expect(sumDurations(year)).toEqual({ readyMs: 100 * DAY, degradedMs: 0, downMs: DAY, gapMs: 739 * DAY });
  await store.close();
});

test('nothing that is not rolled up is forgotten', async () => {
  const sqlite = openSqlite(':memory:');
  const store = await historyOn(sqlite);
  await store.record({ measurements: [measured(MIDNIGHT)], spans: [state(MIDNIGHT, 'healthy')] });
  await store.forget(MIDNIGHT + 900 * DAY);
  expect(await Array.fromAsync(store.measurements({ from: 0, to: MIDNIGHT + DAY }))).toHaveLength(1);
  expect((await store.newest()).span).toEqual(state(MIDNIGHT, 'healthy'));
  await store.close();
});

test('one call forgets a bounded number of rows, further calls the rest', async () => {
  const { store, to, rows } = await aged(60);
  const kept = () => rows('probe') + rows('minute');
  const before = kept();
  await store.forget(to + 365 * DAY);
  const forgotten = before - kept();
  expect(forgotten).toBeGreaterThan(50_000);
  expect(forgotten).toBeLessThanOrEqual(60_000);
  await store.forget(to + 365 * DAY);
  expect(kept(), 'only the newest probe is not rolled up yet').toBe(1);
  await store.close();
});

test('the room of what is forgotten is used again before the file grows', async () => {
  const { sqlite, store, to } = await aged(40);
  await store.forget(to);
  const pages = () => Number(sqlite.prepare('pragma page_count').get()?.['page_count']);
  const before = pages();
  const moments = Array.from({ length: 9 * 144 }, (_, k) => to + (k + 1) * 10 * MINUTE);
  await store.record({ measurements: moments.map((at) => measured(at)), spans: [] });
  expect(pages()).toBe(before);
  await store.close();
});
