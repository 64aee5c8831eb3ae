import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createAnkiConnect } from '#lib/review/anki-connect.ts';
import { createAnkiDiagnosis } from '#lib/review/diagnose.ts';
import { createLatency } from '#lib/review/latency.ts';
import { createMedia } from '#lib/review/media.ts';
import { openedAnki } from '#tests/support/opened-anki.ts';
import type { AnkiConnectOptions } from '#tests/support/scripted-ankiconnect.ts';

const UNKNOWN = {
  generation: null,
  keyNeeded: null,
  collection: null,
  profile: null,
  isReviewing: null,
  latency: null,
  appNap: false,
  media: null,
};

async function standing(options: AnkiConnectOptions & { key?: string; platform?: NodeJS.Platform } = {}) {
  const { key, platform = 'linux', ...rest } = options;
  const { anki } = await openedAnki(rest);
  const client = createAnkiConnect(new URL(anki.url), key === undefined ? {} : { key });
  const diagnose = createAnkiDiagnosis({ anki: client, media: createMedia(client), port: anki.port, platform });
  return { anki, diagnose };
}

test('with everything well, all of it is told', async () => {
  const { anki, diagnose } = await standing();
  expect(await diagnose()).toEqual({
    port: anki.port,
    reach: 'answers',
    generation: '25.11.9',
    keyNeeded: false,
    collection: 'open',
    profile: 'User 1',
    isReviewing: true,
    latency: { p50Ms: expect.any(Number), p95Ms: expect.any(Number) },
    appNap: false,
    media: 'directory',
  });
});

test('the archived add-on is told by what it does not know', async () => {
  const { diagnose } = await standing({ generation: 'archive', state: 'no-reviewer' });
  expect(await diagnose()).toMatchObject({ generation: 'archive', profile: null, isReviewing: false });
});

test('a closed collection is no reason to think the add-on absent', async () => {
  const { diagnose } = await standing({ state: 'collection-closed' });
  expect(await diagnose()).toMatchObject({ reach: 'answers', collection: 'closed', isReviewing: false, media: null });
});

test('a key that is needed is told whether or not it is known', async () => {
  const { diagnose } = await standing({ state: 'key-needed', apiKey: 'sesame' });
  expect(await diagnose()).toMatchObject({ reach: 'answers', keyNeeded: true, collection: null });
  const told = await standing({ state: 'key-needed', apiKey: 'sesame', key: 'sesame' });
  expect(await told.diagnose()).toMatchObject({ keyNeeded: true, collection: 'open', isReviewing: true });
});

test('where Anki does not answer, nothing else is claimed', async () => {
  const { anki, diagnose } = await standing({ state: 'foreign' });
  expect(await diagnose()).toEqual({ ...UNKNOWN, port: anki.port, reach: 'foreign' });
  anki.be('hung');
  expect(await diagnose()).toEqual({ ...UNKNOWN, port: anki.port, reach: 'silent' });
  await anki.stop();
  expect(await diagnose()).toEqual({ ...UNKNOWN, port: anki.port, reach: 'refused' });
});

test('calls that all take over half a second are App Nap on a Mac, and nothing that is known elsewhere', async () => {
  for (const platform of ['darwin', 'linux'] as const) {
    const { anki, diagnose } = await standing({ platform });
    anki.disturb(({ actions }) => (actions.includes('version') ? { kind: 'stall', ms: 600 } : null));
    const said = await diagnose();
    expect(said.appNap).toBe(platform === 'darwin');
    expect(said.latency?.p50Ms).toBeGreaterThan(500);
  }
});

test('percentiles are of the newest calls, by nearest rank', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 5_000 }), { minLength: 1 }),
      fc.integer({ min: 1, max: 30 }),
      (all, most) => {
        const latency = createLatency(most);
        for (const took of all) latency.add(took);
        const newest = all.slice(-most);
        const told = latency.told();
        const atMost = (value = -1) => newest.filter((each) => each <= value).length / newest.length;
        expect(told?.calls).toBe(newest.length);
        expect(atMost(told?.p50Ms)).toBeGreaterThanOrEqual(0.5);
        expect(atMost(told?.p95Ms)).toBeGreaterThanOrEqual(0.95);
        expect(newest).toContain(told?.p95Ms);
      },
    ),
  );
  expect(createLatency().told()).toBeNull();
});
