import { expect, test } from 'vitest';
import { createAnkiConnect } from '#lib/review/anki-connect.ts';
import { createAnkiDiagnosis } from '#lib/review/diagnose.ts';
import { latencyOf } from '#lib/review/latency.ts';
import { createMedia } from '#lib/review/media.ts';
import { fc } from '#tests/support/fast-check.ts';
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

test.each([600, 1_500])(
  'calls that take %i ms are App Nap on a Mac until they do not, and nothing elsewhere',
  async (ms) => {
    for (const platform of ['darwin', 'linux'] as const) {
      const { anki, diagnose } = await standing({ platform });
      anki.disturb(() => ({ kind: 'stall', ms }));
      const said = await diagnose();
      expect(said.appNap).toBe(platform === 'darwin');
      expect(said.latency?.p50Ms).toBeGreaterThan(500);
      anki.disturb(null);
      expect((await diagnose()).appNap).toBe(false);
    }
  },
  60_000,
);

test('a Mac that answers only after everybody has gone naps; one that is busy once, or never answers, may not', async () => {
  const { anki, diagnose } = await standing({ platform: 'darwin' });
  anki.disturb(() => ({ kind: 'stall', ms: 2_500 }));
  expect(await diagnose()).toMatchObject({ reach: 'silent', appNap: true });
  anki.disturb(null);
  anki.stall(2_500);
  expect(await diagnose()).toMatchObject({ reach: 'silent', appNap: false });
  anki.be('hung');
  expect(await diagnose()).toMatchObject({ reach: 'silent', appNap: false });
}, 60_000);

test('one slow call among quick ones is nothing to speak of', async () => {
  const { anki, diagnose } = await standing({ platform: 'darwin' });
  anki.disturb(({ number }) => (number === 3 ? { kind: 'stall', ms: 900 } : null));
  expect(await diagnose()).toMatchObject({ reach: 'answers', appNap: false });
});

test('percentiles are by nearest rank', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 5_000 }), { minLength: 1 }), (took) => {
      const told = latencyOf(took);
      const atMost = (value = -1) => took.filter((each) => each <= value).length / took.length;
      expect(atMost(told?.p50Ms)).toBeGreaterThanOrEqual(0.5);
      expect(atMost(told?.p95Ms)).toBeGreaterThanOrEqual(0.95);
      expect(took).toContain(told?.p95Ms);
    }),
  );
  expect(latencyOf([])).toBeNull();
});
