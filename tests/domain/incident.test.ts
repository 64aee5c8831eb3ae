import { expect, test } from 'vitest';
import type { Cause, GapReason } from '#lib/domain/cause.ts';
import {
  commonestCause,
  incidentsOf,
  meanTimeToRecover,
  SILENT_AFTER_MS,
  STOPPED_AFTER_MS,
} from '#lib/domain/incident.ts';
import { levelOf } from '#lib/domain/level.ts';
import { HOUR, MINUTE } from '#lib/domain/time.ts';
import type { Span } from '#lib/domain/timeline.ts';

const state = (at: number, cause: Cause): Span => {
  const level = levelOf(cause);
  if (level === 'no-data') throw new Error('a gap is no state');
  return { at, level, cause, confirmedAt: at + 2_000 };
};
const gap = (at: number, reason: GapReason): Span => ({ at, level: 'no-data', gap: reason });
const told = (spans: readonly Span[], now: number) => incidentsOf(spans, { measuredUntil: now, now });

test('an incident lasts from its first failure to the moment the server is ready again', () => {
  const spans = [state(0, 'healthy'), state(MINUTE, 'not-running'), state(5 * MINUTE, 'healthy')];
  expect(told(spans, HOUR)).toEqual([
    {
      id: '60000',
      startedAt: MINUTE,
      confirmedAt: MINUTE + 2_000,
      endedAt: 5 * MINUTE,
      endUnseen: false,
      level: 'down',
      cause: 'not-running',
      chapters: [{ at: MINUTE, to: 5 * MINUTE, cause: 'not-running' }],
    },
  ]);
});

test('it goes through chapters and is named after the longest, as bad as the worst', () => {
  const spans = [state(0, 'not-running'), state(1_000, 'anki-not-running'), state(9_000, 'healthy')];
  expect(told(spans, HOUR)).toMatchObject([
    {
      level: 'down',
      cause: 'anki-not-running',
      confirmedAt: 2_000,
      chapters: [
        { at: 0, to: 1_000, cause: 'not-running' },
        { at: 1_000, to: 9_000, cause: 'anki-not-running' },
      ],
    },
  ]);
});

test('a gap does not end what still lasts after it, and adds nothing to any cause', () => {
  const spans = [state(0, 'hung'), gap(1_000, 'asleep'), state(HOUR, 'not-running'), state(HOUR + 500, 'healthy')];
  expect(told(spans, 2 * HOUR)).toMatchObject([
    {
      startedAt: 0,
      endedAt: HOUR + 500,
      endUnseen: false,
      cause: 'hung',
      chapters: [{ cause: 'hung' }, { at: 1_000, to: HOUR, gap: 'asleep' }, { cause: 'not-running' }],
    },
  ]);
});

test('what is over after a gap ended unseen when it was last seen', () => {
  const spans = [state(0, 'hung'), gap(1_000, 'asleep'), gap(3_000, 'clock'), state(HOUR, 'healthy')];
  expect(told(spans, 2 * HOUR)).toMatchObject([
    { endedAt: 1_000, endUnseen: true, chapters: [{ at: 0, to: 1_000, cause: 'hung' }] },
  ]);
});

test('the newest comes first, and the one that lasts has no end', () => {
  const spans = [state(0, 'hung'), state(10, 'healthy'), state(20, 'tls')];
  const incidents = told(spans, 50);
  expect(incidents.map(({ startedAt, endedAt }) => [startedAt, endedAt])).toEqual([
    [20, null],
    [0, 10],
  ]);
  expect(incidents[0]?.chapters).toEqual([{ at: 20, to: null, cause: 'tls' }]);
});

test('after a night asleep it is still open until somebody has looked', () => {
  const spans = [state(0, 'hung'), gap(MINUTE, 'asleep')];
  expect(incidentsOf(spans, { measuredUntil: MINUTE, now: 9 * HOUR })).toMatchObject([
    { endedAt: null, endUnseen: false, chapters: [{ cause: 'hung' }, { at: MINUTE, to: null, gap: 'asleep' }] },
  ]);
});

test('silence between two rounds is no gap, a longer one is', () => {
  const spans = [state(0, 'hung')];
  const at = (now: number) => incidentsOf(spans, { measuredUntil: MINUTE, now })[0]?.chapters;
  expect(at(MINUTE + SILENT_AFTER_MS)).toEqual([{ at: 0, to: null, cause: 'hung' }]);
  expect(at(MINUTE + SILENT_AFTER_MS + 1)).toEqual([
    { at: 0, to: MINUTE, cause: 'hung' },
    { at: MINUTE, to: null, gap: 'stopped' },
  ]);
});

test('where the history stops for good, the incident ended unseen', () => {
  const now = MINUTE + STOPPED_AFTER_MS + 1;
  expect(incidentsOf([state(0, 'hung')], { measuredUntil: MINUTE, now })).toMatchObject([
    { endedAt: MINUTE, endUnseen: true, chapters: [{ at: 0, to: MINUTE, cause: 'hung' }] },
  ]);
});

test('gaps alone and readiness alone are no incidents, in whatever order they come', () => {
  expect(told([gap(500, 'stopped'), state(0, 'healthy'), state(900, 'healthy')], 1_000)).toEqual([]);
});

test('the mean time to recover counts what was seen to recover, and nothing else', () => {
  const seen = [
    state(0, 'hung'),
    state(4 * MINUTE, 'healthy'),
    state(HOUR, 'tls'),
    state(HOUR + 2 * MINUTE, 'healthy'),
  ];
  const unseen = [state(2 * HOUR, 'hung'), gap(3 * HOUR, 'asleep'), state(9 * HOUR, 'healthy')];
  const lasting = [state(10 * HOUR, 'hung')];
  expect(meanTimeToRecover(told([...seen, ...unseen, ...lasting], 11 * HOUR))).toBe(3 * MINUTE);
  expect(meanTimeToRecover(told([...unseen, ...lasting], 11 * HOUR))).toBeNull();
});

test('the commonest cause is the one that most incidents are named after, of equals the one that came last', () => {
  const spans = [state(0, 'tls'), state(1, 'healthy'), state(2, 'hung'), state(3, 'healthy')];
  expect(commonestCause(told(spans, HOUR))).toEqual({ cause: 'hung', incidents: 1 });
  expect(commonestCause(told([...spans, state(4, 'tls')], HOUR))).toEqual({ cause: 'tls', incidents: 2 });
  expect(commonestCause([])).toBeNull();
});
