import { describe, expect, test } from 'vitest';
import { quantile } from '#lib/domain/latency-sketch.ts';
import type { PhoneOutcome } from '#lib/domain/phone-sample.ts';
import { DAY, HOUR, MINUTE, SECOND } from '#lib/domain/time.ts';
import { intervalOf } from '#lib/domain/window.ts';
import { type DevicesDb, openDevices } from '#lib/store/open-devices.ts';
import { createPhoneStore, type HandedIn } from '#lib/store/phone-samples.ts';
import { dataDir } from './data-dir.ts';

const NOW = Date.UTC(2026, 10, 22, 14, 0, 0);
const PHONE = { device: '019ae0d0-0000-7000-8000-000000000001', node: 'iphone' };
const OTHER = { device: '019ae0d0-0000-7000-8000-000000000002', node: null };

const sample = (at: number, outcome: PhoneOutcome = 'answered', ms = 40): HandedIn => ({ id: at, at, outcome, ms });
const ANY = { from: 0, to: NOW };

async function opened() {
  const clock = { now: NOW };
  const db = await openDevices(':memory:');
  return { clock, db, store: createPhoneStore(db, () => clock.now) };
}
const kept = async (db: DevicesDb): Promise<number> => {
  const { count } = await db
    .selectFrom('sample')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return count;
};

test('what is handed in twice, whole or in part, is kept and counted once', async () => {
  const { db, store } = await opened();
  const [first, second, third] = [
    sample(NOW - 90_000),
    sample(NOW - 60_000, 'unreachable', 4_000),
    sample(NOW - 30_000),
  ];
  await store.keep(PHONE, [first, second]);
  await store.keep(PHONE, [first, second]);
  await store.keep(PHONE, [second, third]);
  await store.keep(OTHER, [first]);
  expect(await kept(db)).toBe(4);
  for (const window of ['24h', '7d', '1y'] as const) {
    const { from, to, bucketMs } = intervalOf(window, NOW);
    const buckets = await store.buckets({ from, to }, bucketMs);
    const sum = (of: 'answered' | 'failed') => buckets.reduce((all, bucket) => all + bucket[of], 0);
    expect([window, sum('answered'), sum('failed')]).toEqual([window, 3, 1]);
  }
});

test('it is there after a restart', async () => {
  const dir = dataDir();
  const before = await openDevices(dir);
  await createPhoneStore(before, () => NOW).keep(PHONE, [sample(NOW - SECOND)]);
  await before.destroy();
  const after = await openDevices(dir);
  expect(await createPhoneStore(after, () => NOW).since(0)).toMatchObject([{ ...PHONE, samples: [{ ms: 40 }] }]);
  await after.destroy();
});

test('the buckets of hours and days say what the samples themselves do', async () => {
  const { store } = await opened();
  const made = Array.from({ length: 600 }, (_, nth) =>
    sample(NOW - nth * 37 * MINUTE, nth % 7 === 0 ? 'unreachable' : 'answered', 5 + ((nth * 31) % 900)),
  );
  for (let at = 0; at < made.length; at += 97) await store.keep(PHONE, made.slice(at, at + 97));
  for (const bucketMs of [HOUR, 6 * HOUR, DAY]) {
    const buckets = await store.buckets({ from: Math.floor((NOW - 20 * DAY) / DAY) * DAY, to: NOW }, bucketMs);
    expect(buckets.map(({ at }) => at)).toEqual(buckets.map(({ at }) => at).toSorted((a, b) => a - b));
    for (const { at, answered, failed, latency } of buckets) {
      const own = made.filter((each) => each.at >= at && each.at < at + bucketMs);
      const ms = own.flatMap((each) => (each.outcome === 'answered' ? [each.ms] : [])).toSorted((a, b) => a - b);
      expect([answered, failed]).toEqual([ms.length, own.length - ms.length]);
      const median = ms[Math.floor((ms.length - 1) / 2)];
      if (median === undefined) expect(quantile(latency, 0.5)).toBeNull();
      else expect(Math.abs((quantile(latency, 0.5) ?? 0) - median)).toBeLessThanOrEqual(median * 0.011);
    }
  }
});

test('failures come with the answers next to them, each phone’s apart, and with its name', async () => {
  const { store } = await opened();
  const at = (seconds: number) => NOW - HOUR + seconds * SECOND;
  const answered = [0, 15, 30, 45].map((seconds) => sample(at(seconds)));
  const failed = [60, 70].map((seconds) => sample(at(seconds), 'unreachable', 4_000));
  await store.keep(PHONE, [...answered, ...failed, sample(at(80)), sample(at(95))]);
  await store.keep(OTHER, [sample(at(65), 'not-running', 9)]);
  const told = await store.failures(ANY);
  expect(told).toEqual([
    {
      ...PHONE,
      samples: [
        { at: at(45), outcome: 'answered', ms: 0 },
        { at: at(60), outcome: 'unreachable', ms: 4_000 },
        { at: at(70), outcome: 'unreachable', ms: 4_000 },
        { at: at(95), outcome: 'answered', ms: 0 },
      ],
    },
    { ...OTHER, samples: [{ at: at(65), outcome: 'not-running', ms: 9 }] },
  ]);
  expect(await store.failures({ from: at(71), to: NOW })).toEqual([]);
});

describe('what is kept', () => {
  test('is two years at most, seen to as samples come', async () => {
    const { clock, db, store } = await opened();
    await store.keep(PHONE, [sample(NOW - 731 * DAY), sample(NOW - 729 * DAY), sample(NOW)]);
    expect(await kept(db)).toBe(2);
    clock.now = NOW + 2 * DAY;
    await store.keep(PHONE, [sample(clock.now)]);
    expect(await kept(db)).toBe(2);
  });

  test('is 200,000 at most, of which the oldest go', { timeout: 60_000 }, async () => {
    const { clock, db, store } = await opened();
    await store.keep(PHONE, [sample(NOW)]);
    for (let begun = 0; begun < 201_500; begun += 1_500) {
      const rows = Array.from({ length: 1_500 }, (_, nth) => ({
        device: OTHER.device,
        id: NOW - 15_000 * (begun + nth + 1),
        at: NOW - 15_000 * (begun + nth + 1),
        outcome: 0,
        ms: 40,
      }));
      await db.insertInto('sample').values(rows).execute();
    }
    clock.now += HOUR;
    await store.keep(PHONE, [sample(clock.now)]);
    expect(await kept(db)).toBe(200_000);
    const [newest] = await store.since(clock.now);
    expect(newest?.device).toBe(PHONE.device);
  });
});
