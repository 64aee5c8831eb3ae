import { expect, test } from 'vitest';
import { incidentEvents } from '#lib/client/incident-events.ts';
import type { IncidentView } from '#lib/contract/history.ts';
import { MINUTE, SECOND } from '#lib/domain/time.ts';

const START = Date.UTC(2026, 10, 24, 14, 2);
const incident: IncidentView = {
  id: String(START),
  startedAt: START,
  confirmedAt: START + 2 * SECOND,
  endedAt: START + 20 * MINUTE,
  endUnseen: false,
  level: 'down',
  cause: 'not-running',
  headline: 'The review server is not running.',
  explanation: 'Nothing listens on the port.',
  chapters: [
    { at: START, to: START + 4 * MINUTE, cause: 'hung', gap: null, headline: 'It never answers.' },
    { at: START + 4 * MINUTE, to: START + 9 * MINUTE, cause: null, gap: 'asleep', headline: 'Asleep' },
    {
      at: START + 9 * MINUTE,
      to: START + 20 * MINUTE,
      cause: 'not-running',
      gap: null,
      headline: 'It is not running.',
    },
  ],
  notes: [],
};
const told = (one: IncidentView, now: number) => incidentEvents(one, now).map(({ title, note }) => `${title} ${note}`);

test('an incident is told in order, each part with its length', () => {
  expect(told(incident, START + 60 * MINUTE)).toEqual([
    'It never answers. for 4 min',
    'Confirmed by further checks, 2 s after the first failed one',
    'Nothing was measured asleep, for 5 min',
    'It is not running. for 11 min',
    'Ready again after 20 min',
  ]);
});

test('an incident that lasts has no end yet', () => {
  expect(told({ ...incident, endedAt: null }, START + 30 * MINUTE).at(-1)).toBe('Still going on for 30 min so far');
});

test('an end that nobody saw is not told as one', () => {
  expect(told({ ...incident, endUnseen: true }, START + 30 * MINUTE).at(-1)).toMatch(
    /^Last seen not ready after 20 min/,
  );
});
