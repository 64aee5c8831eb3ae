import { expect, onTestFinished, test } from 'vitest';
import type { Note } from '#lib/domain/note.ts';
import { DAY, type EpochMs, HOUR, MINUTE, SECOND } from '#lib/domain/time.ts';
import { exportHistory, exportIncident } from '#lib/server/export.ts';
import { readHistory } from '#lib/server/read-history.ts';
import { incidentStories, incidentStory } from '#lib/server/read-incidents.ts';
import { openHistory } from '#lib/store/open-history.ts';
import { gap, MIDNIGHT, measured, state } from '#tests/store/rounds.ts';

const NOON = MIDNIGHT + 12 * HOUR;
const NOW = NOON + HOUR;

async function emptyStore() {
  const store = await openHistory(':memory:');
  onTestFinished(() => store.close());
  return store;
}

const concluded = (at: EpochMs): Note => ({
  at,
  kind: 'diagnosis',
  cause: 'not-running',
  row: 'R01',
  confidence: 'high',
  story: null,
  evidence: ['100.64.0.7:8000 refused the connection after 1 ms'],
});

/** Down at noon for five minutes, and again after half a minute for two. */
async function twiceDown() {
  const store = await emptyStore();
  const again = NOON + 5 * MINUTE + 30 * SECOND;
  await store.record({
    measurements: [measured(NOON - MINUTE), measured(NOON, { cause: 'not-running' }), measured(again + MINUTE)],
    spans: [
      state(MIDNIGHT, 'healthy'),
      state(NOON, 'not-running'),
      state(NOON + 5 * MINUTE, 'healthy'),
      state(again, 'not-running'),
      state(again + 2 * MINUTE, 'healthy'),
    ],
    notes: [concluded(NOON - 1), concluded(NOON), concluded(NOON + 5 * MINUTE + 10 * SECOND), concluded(again)],
  });
  return { store, again };
}

test('what was noted belongs to the incident it fell into, or that had ended less than a minute before', async () => {
  const { store, again } = await twiceDown();
  const [second, first] = await incidentStories(store, { from: 0, to: NOW, measuredUntil: NOW });
  expect(first?.notes.map(({ at }) => at)).toEqual([NOON, NOON + 5 * MINUTE + 10 * SECOND]);
  expect(second?.notes.map(({ at }) => at)).toEqual([again]);
  const end = { measuredUntil: NOW, now: NOW };
  expect(await incidentStory(store, String(NOON), end)).toEqual(first);
  expect(await incidentStory(store, String(again), end)).toEqual(second);
  expect(await incidentStory(store, '12', end)).toBeNull();
});

test('an incident is told by its id however many came after it', async () => {
  const store = await emptyStore();
  const spans = Array.from({ length: 250 }, (_, nth) => [
    state(MIDNIGHT + nth * HOUR, 'hung'),
    state(MIDNIGHT + nth * HOUR + MINUTE, 'healthy'),
  ]).flat();
  await store.record({ measurements: [], spans });
  const now = MIDNIGHT + 250 * HOUR;
  expect(await incidentStories(store, { from: 0, to: now, measuredUntil: now })).toHaveLength(100);
  expect(await incidentStory(store, String(MIDNIGHT), { measuredUntil: now, now })).toMatchObject({
    startedAt: MIDNIGHT,
    cause: 'hung',
  });
});

test('the history says how long it takes to recover, what it mostly is, and when nobody looked', async () => {
  const store = await emptyStore();
  const spans = [
    state(MIDNIGHT, 'healthy'),
    gap(MIDNIGHT + 2 * HOUR, 'asleep'),
    state(MIDNIGHT + 7 * HOUR, 'hung'),
    state(MIDNIGHT + 7 * HOUR + 10 * MINUTE, 'healthy'),
    state(NOON, 'hung'),
    state(NOON + 2 * MINUTE, 'healthy'),
    state(NOON + 30 * MINUTE, 'not-running'),
    gap(NOON + 40 * MINUTE, 'stopped'),
  ];
  await store.record({ measurements: [], spans });
  const history = await readHistory({ store, measuredUntil: NOON + 40 * MINUTE, now: NOW }, '24h');
  expect(history).toMatchObject({
    meanTimeToRecoverMs: 6 * MINUTE,
    commonestCause: { cause: 'hung', incidents: 2, headline: expect.stringContaining('hang') },
    absences: [
      { from: NOON + 40 * MINUTE, to: null, gap: 'stopped' },
      { from: MIDNIGHT + 2 * HOUR, to: MIDNIGHT + 7 * HOUR, gap: 'asleep' },
    ],
    gaps: { asleep: 5 * HOUR, stopped: 11 * HOUR + 20 * MINUTE },
  });
  const later = await readHistory({ store, measuredUntil: NOW, now: NOW + 400 * DAY }, '1h');
  expect(later).toMatchObject({ meanTimeToRecoverMs: null, commonestCause: null, incidents: [] });
});

test('an incident is exported with its story and the probes of its time', async () => {
  const { store } = await twiceDown();
  const incident = await incidentStory(store, String(NOON), { measuredUntil: NOW, now: NOW });
  if (incident === null) throw new Error('it is kept');
  const source = { store, now: () => NOW };
  const json = exportIncident(source, incident, 'json');
  expect(json.headers.get('content-disposition')).toBe(
    'attachment; filename="lifeline-incident-2026-03-14T12-00-00.json"',
  );
  expect(await json.json()).toEqual({
    incident,
    from: NOON,
    to: NOON + 6 * MINUTE,
    probes: [expect.objectContaining({ startedAt: NOON, cause: 'not-running', outcome: 'failed' })],
  });
  const lines = (await exportIncident(source, incident, 'csv').text()).trimEnd().split('\n');
  expect(lines).toHaveLength(2);
  expect(lines[1]).toContain(',failed,not-running,tcp,refused,');
});

test('a window is exported as JSON with what was noted in its incidents and when nobody looked', async () => {
  const { store } = await twiceDown();
  await store.record({
    measurements: [],
    spans: [gap(NOON + 40 * MINUTE, 'asleep'), state(NOON + 50 * MINUTE, 'healthy')],
  });
  const source = { store, now: () => NOW, monitor: { snapshot: () => ({ measuredUntil: NOW }) } };
  const file: unknown = await (await exportHistory(source, { format: 'json', window: '1h' })).json();
  expect(file).toMatchObject({
    window: '1h',
    incidents: [{ notes: [{ kind: 'diagnosis' }] }, { notes: [{ evidence: [expect.any(String)] }, {}] }],
    absences: [{ from: NOON + 40 * MINUTE, to: NOON + 50 * MINUTE, gap: 'asleep' }],
    probes: [{ startedAt: NOON }, {}],
  });
});
