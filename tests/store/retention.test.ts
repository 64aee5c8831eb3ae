import { expect, test } from 'vitest';
import { DAY, HOUR, MINUTE, SECOND } from '#lib/domain/time.ts';
import { sumDurations } from '#lib/domain/uptime.ts';
import { historyOn } from '#lib/store/open-history.ts';
import { openSqlite } from '#lib/store/sqlite-file.ts';
import { gap, MIDNIGHT, measured, state } from './rounds.ts';

/** So many days, each with an hour of probes ten minutes apart and then a gap, all settled; `rows` counts what is kept. */
async function aged(days: number) {
  const sqlite = openSqlite(':memory:');
  const store = await historyOn(sqlite);
  const to = MIDNIGHT + days * DAY;
  for (let day = MIDNIGHT; day < to; day += DAY) {
    const moments = Array.from({ length: 6 }, (_, k) => day + k * 10 * MINUTE);
    const spans = [state(day, 'healthy'), gap(day + HOUR, 'asleep')];
    await store.record({ measurements: moments.map((at) => measured(at)), spans });
  }
  await store.rollUp(to);
  const rows = (table: string) => Number(sqlite.prepare(`select count(*) as n from ${table}`).get()?.['n']);
  return { sqlite, store, to, rows };
}

test('probes are kept 30 days, minutes 90 days, hours and states two years, days for ever', async () => {
  const { store, to, rows } = await aged(100);
  await store.forget(to);
  const tables = ['probe', 'minute', 'five_minutes', 'hour', 'two_hours', 'quarter_day', 'day', 'words'];
  expect(tables.map(rows)).toEqual([30 * 6, 90 * 60, 90 * 12, 100, 100, 100, 100, 1]);
  await store.record({ measurements: [], spans: [state(to, 'hung'), gap(to + DAY, 'stopped')] });
  const later = to + 740 * DAY;
  await store.rollUp(later);
  for (let call = 0; call < 4; call += 1) await store.forget(later);
  expect(tables.map(rows)).toEqual([0, 0, 0, 0, 0, 0, 101, 0]);
  expect(await store.spansFor({ from: 0, to: later }, 9)).toEqual([gap(to + DAY, 'stopped')]);
  const options = { bucketMs: DAY, measuredUntil: to };
  const year = await store.buckets({ from: MIDNIGHT, to: later }, options);
  expect(sumDurations(year)).toEqual({
    readyMs: 100 * HOUR,
    degradedMs: 0,
    downMs: DAY,
    gapMs: 839 * DAY - 100 * HOUR,
  });
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
  const { store, to, rows } = await aged(1);
  const measurements = Array.from({ length: 62_000 }, (_, k) => measured(to + k * SECOND));
  await store.record({ measurements, spans: [state(to, 'healthy'), gap(to + DAY, 'stopped')] });
  await store.rollUp(to + DAY);
  const before = rows('probe');
  await store.forget(to + 365 * DAY);
  expect(before - rows('probe')).toBe(60_000);
  await store.forget(to + 365 * DAY);
  expect(rows('probe')).toBe(0);
  await store.close();
});

test('the room of what is forgotten is used again before the file grows', async () => {
  const { sqlite, store, to } = await aged(1);
  const recordFrom = (from: number, seconds: number) =>
    store.record({ measurements: Array.from({ length: seconds }, (_, k) => measured(from + k * SECOND)), spans: [] });
  await recordFrom(to, 3_000);
  await store.rollUp(to + DAY);
  await store.forget(to + 32 * DAY);
  const pages = () => Number(sqlite.prepare('pragma page_count').get()?.['page_count']);
  const before = pages();
  await recordFrom(to + 32 * DAY, 2_900);
  expect(pages()).toBe(before);
  await store.close();
});
