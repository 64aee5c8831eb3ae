import { expect, test } from 'vitest';
import { DAY, MINUTE, SECOND } from '#lib/domain/time.ts';
import { readPhoneView } from '#lib/server/phone-view.ts';
import { openDevices } from '#lib/store/open-devices.ts';
import { openHistory } from '#lib/store/open-history.ts';
import { createPhoneStore, type HandedIn } from '#lib/store/phone-samples.ts';

const NOW = Date.UTC(2026, 10, 22, 14, 0, 0);
const PHONE = { device: '019ae0d0-0000-7000-8000-000000000001', node: 'iphone' };
const TABLET = { device: '019ae0d0-0000-7000-8000-000000000002', node: 'ipad' };

const answered = (agoMs: number): HandedIn => ({ id: NOW - agoMs, at: NOW - agoMs, outcome: 'answered', ms: 45 });
const lost = (agoMs: number): HandedIn => ({ id: NOW - agoMs, at: NOW - agoMs, outcome: 'unreachable', ms: 4_000 });

/** A Mac that was well for a day, and what its phones handed in. */
async function source() {
  const store = await openHistory(':memory:');
  const begun = { at: NOW - DAY, level: 'ready', cause: 'healthy', confirmedAt: NOW - DAY } as const;
  await store.record({ measurements: [], spans: [begun] });
  const devices = await openDevices(':memory:');
  const phones = createPhoneStore(devices, () => NOW);
  return { devices, of: { store, phones, measuredUntil: NOW, now: NOW }, phones };
}

test('tells the last answer, and the last outage with what the Mac did meanwhile', async () => {
  const { of, phones } = await source();
  await phones.keep(PHONE, [answered(8 * MINUTE), lost(7 * MINUTE), lost(7 * MINUTE - 9_000), answered(5 * SECOND)]);
  expect(await readPhoneView(of, 'iphone')).toEqual({
    node: 'iphone',
    answered: { at: NOW - 5 * SECOND, ms: 45 },
    outage: { from: NOW - 7 * MINUTE, to: NOW - 7 * MINUTE + 13_000, verdict: 'phone-path' },
  });
});

test('tells an outage that ended of late from its beginning', async () => {
  const { of, phones } = await source();
  const failures = Array.from({ length: 200 }, (_, nth) => lost(40 * MINUTE - nth * 9_000));
  await phones.keep(PHONE, [answered(50 * MINUTE), ...failures, answered(5 * SECOND)]);
  const from = NOW - 40 * MINUTE;
  const outage = { from, to: from + 199 * 9_000 + 4_000, verdict: 'phone-path' };
  expect(await readPhoneView(of, 'iphone')).toMatchObject({ outage });
  // What is long over is not told any more.
  const later = await readPhoneView({ ...of, now: NOW + 6 * MINUTE }, 'iphone');
  expect(later).toEqual({ node: 'iphone', answered: { at: NOW - 5 * SECOND, ms: 45 } });
});

test('is not of another phone than the one that asks', async () => {
  const { of, phones } = await source();
  await phones.keep(TABLET, [answered(MINUTE)]);
  expect(await readPhoneView(of, 'iphone')).toBeNull();
  await phones.keep({ ...PHONE, node: null }, [answered(2 * MINUTE)]);
  expect(await readPhoneView(of, 'iphone')).toEqual({ answered: { at: NOW - 2 * MINUTE, ms: 45 } });
});

test('is of the phone that asks, or of whichever measured last where that is not known', async () => {
  const { of, phones } = await source();
  await phones.keep(PHONE, [answered(2 * MINUTE)]);
  await phones.keep(TABLET, [answered(MINUTE)]);
  expect((await readPhoneView(of, 'iphone'))?.node).toBe('iphone');
  expect((await readPhoneView(of, null))?.node).toBe('ipad');
});

test('is nothing where no phone measured in the last quarter of an hour, or one request was lost', async () => {
  const { of, phones } = await source();
  await phones.keep(PHONE, [answered(16 * MINUTE)]);
  expect(await readPhoneView(of, 'iphone')).toBeNull();
  await phones.keep(PHONE, [lost(MINUTE)]);
  expect(await readPhoneView(of, 'iphone')).toBeNull();
});

test('is nothing where it cannot be read: a diagnosis goes on without it', async () => {
  const { devices, of } = await source();
  await devices.destroy();
  expect(await readPhoneView(of, 'iphone')).toBeNull();
});
