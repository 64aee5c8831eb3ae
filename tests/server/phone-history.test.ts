import { expect, test } from 'vitest';
import { DAY, HOUR, MINUTE, SECOND } from '#lib/domain/time.ts';
import type { Span } from '#lib/domain/timeline.ts';
import { readPhoneHistory } from '#lib/server/phone-history.ts';
import { openDevices } from '#lib/store/open-devices.ts';
import { openHistory } from '#lib/store/open-history.ts';
import { createPhoneStore } from '#lib/store/phone-samples.ts';

const NOW = Date.UTC(2026, 10, 22, 14, 0, 0);
const PHONE = { device: '019ae0d0-0000-7000-8000-000000000001', node: 'iphone' };

const ready = (at: number): Span => ({ at, level: 'ready', cause: 'healthy', confirmedAt: at });
const asleep = (at: number): Span => ({ at, level: 'no-data', gap: 'asleep' });

/** A Mac with this history, and a phone that failed every ten seconds in these stretches of minutes before now. */
async function world(spans: readonly Span[], failing: readonly (readonly [number, number])[], answersNow = true) {
  const store = await openHistory(':memory:');
  await store.record({ measurements: [], spans });
  const phones = createPhoneStore(await openDevices(':memory:'), () => NOW);
  for (const [from, to] of failing) {
    const count = ((from - to) * MINUTE) / (10 * SECOND);
    const samples = Array.from({ length: count }, (_, nth) => {
      const at = NOW - from * MINUTE + nth * 10 * SECOND;
      return { id: at, at, outcome: 'unreachable' as const, ms: 4_000 };
    });
    await phones.keep(PHONE, samples);
  }
  const at = NOW - SECOND;
  if (answersNow) await phones.keep(PHONE, [{ id: at, at, outcome: 'answered', ms: 40 }]);
  return { store, phones, measuredUntil: NOW, now: NOW };
}

test('explains each outage by what the Mac measured at its time, newest first', async () => {
  const spans = [ready(NOW - DAY), asleep(NOW - 50 * MINUTE), ready(NOW - 30 * MINUTE)];
  const { outages } = await readPhoneHistory(
    await world(spans, [
      [45, 40],
      [12, 6],
    ]),
    '24h',
  );
  expect(outages.map(({ verdict, sentence }) => [verdict, sentence])).toEqual([
    [
      'phone-path',
      'The Mac answered itself all the time; iphone could not reach it for 5 min: Tailscale on the phone, or the phone’s network.',
    ],
    ['mac-asleep', 'The Mac was asleep; iphone could not reach it for 4 min.'],
  ]);
  expect(outages[0]).toMatchObject({ device: 'iphone', from: NOW - 12 * MINUTE, to: NOW - 6 * MINUTE - 6 * SECOND });
});

test('claims nothing of a time before the Mac’s own history', async () => {
  const { outages } = await readPhoneHistory(await world([ready(NOW - 10 * MINUTE)], [[45, 40]]), '24h');
  expect(outages.map(({ verdict }) => verdict)).toEqual(['unknown']);
});

test('one that goes on has no end yet', async () => {
  const { outages } = await readPhoneHistory(await world([ready(NOW - DAY)], [[2, 0]], false), '1h');
  expect(outages).toMatchObject([{ to: null, verdict: 'phone-path', sentence: expect.stringContaining('so far') }]);
});

test('one that began before the window is told whole, one that was over is not', async () => {
  const source = await world(
    [ready(NOW - DAY)],
    [
      [65, 55],
      [90, 80],
    ],
  );
  const { outages } = await readPhoneHistory(source, '1h');
  expect(outages.map(({ from }) => from)).toEqual([NOW - 65 * MINUTE]);
});

test('tells the newest fifty', async () => {
  const failing = Array.from({ length: 60 }, (_, nth) => [700 - nth * 10, 699 - nth * 10] as const);
  const { outages } = await readPhoneHistory(await world([ready(NOW - DAY)], failing), '24h');
  expect(outages).toHaveLength(50);
  expect(outages[0]?.from).toBe(NOW - 110 * MINUTE);
});

test('has the steps of the Mac’s own history, and only those in which a phone measured', async () => {
  const { bucketMs, buckets, from, to } = await readPhoneHistory(await world([ready(NOW - DAY)], [[12, 6]]), '24h');
  expect({ bucketMs, from, to }).toEqual({ bucketMs: 5 * MINUTE, from: NOW - 24 * HOUR, to: NOW });
  expect(buckets.map(({ at, answered, failed }) => [(NOW - at) / MINUTE, answered, failed])).toEqual([
    [15, 0, 12],
    [10, 0, 24],
    [5, 1, 0],
  ]);
});
