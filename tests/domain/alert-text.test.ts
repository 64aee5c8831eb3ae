import { expect, test } from 'vitest';
import { type AlertNews, alertText, newsOfBeginning, newsOfEnd } from '#lib/domain/alert-text.ts';
import { CAUSES } from '#lib/domain/cause.ts';
import { incidentsOf } from '#lib/domain/incident.ts';
import { levelOf } from '#lib/domain/level.ts';
import { HOUR, MINUTE } from '#lib/domain/time.ts';
import type { Span } from '#lib/domain/timeline.ts';

const say = (at: number): string => `m${at / MINUTE}`;
const down = (at: number, cause: 'not-running' | 'crashed' | 'anki-not-running' = 'crashed'): Span => ({
  at,
  level: levelOf(cause) === 'down' ? 'down' : 'degraded',
  cause,
  confirmedAt: at + 2_000,
});
const ready = (at: number): Span => ({ at, level: 'ready', cause: 'healthy', confirmedAt: at + 2_000 });
const asleep = (at: number): Span => ({ at, level: 'no-data', gap: 'asleep' });

function incidentOf(spans: readonly Span[], now: number) {
  const [incident] = incidentsOf(spans, { measuredUntil: now, now });
  if (incident === undefined) throw new Error('no incident');
  return incident;
}

test('a beginning says the level, since when, the cause as it is now and what that means', () => {
  const incident = incidentOf([down(2 * MINUTE, 'anki-not-running'), down(9 * MINUTE)], 10 * MINUTE);
  expect(alertText(newsOfBeginning(incident), say)).toEqual({
    title: 'Down since m9',
    body: 'The review server crashed. It was started, ended with an error, and nothing runs in its place.',
  });
  expect(alertText(newsOfBeginning(incidentOf([down(0, 'anki-not-running')], 1)), say).title).toBe('Degraded since m0');
});

test('since when it is down counts from the last time that it came to be', () => {
  const spans = [
    down(2 * MINUTE),
    down(4 * MINUTE, 'anki-not-running'),
    down(6 * MINUTE, 'not-running'),
    asleep(7 * MINUTE),
  ];
  const incident = incidentOf([...spans, down(50 * MINUTE)], 60 * MINUTE);
  expect(alertText(newsOfBeginning(incident), say).title).toBe('Down since m6');
});

test('an end does not say down of what was so at times only, or measured of what was not', () => {
  const spans = [down(2 * MINUTE, 'anki-not-running'), asleep(5 * MINUTE), down(30 * MINUTE), ready(40 * MINUTE)];
  const began = newsOfBeginning(incidentOf(spans.slice(0, 1), 3 * MINUTE));
  expect(alertText(newsOfEnd(incidentOf(spans, 50 * MINUTE), began), say)).toEqual({
    title: 'Ready again after 38 min',
    body: 'It was not ready, at times down, from m2 to m40, not measured for 25 min of that. What was found: The review server crashed.',
  });
});

test('an end says how long it took, from when to when, and what it was', () => {
  const spans = [down(2 * MINUTE), ready(14 * MINUTE)];
  const began = newsOfBeginning(incidentOf(spans.slice(0, 1), 10 * MINUTE));
  expect(alertText(newsOfEnd(incidentOf(spans, 20 * MINUTE), began), say)).toEqual({
    title: 'Ready again after 12 min',
    body: 'It was down from m2 to m14. What was found: The review server crashed.',
  });
});

test('an end that nobody saw is not said to be known', () => {
  const spans = [down(2 * MINUTE), asleep(5 * MINUTE), ready(60 * MINUTE)];
  const began = newsOfBeginning(incidentOf(spans.slice(0, 1), 3 * MINUTE));
  expect(alertText(newsOfEnd(incidentOf(spans, 61 * MINUTE), began), say)).toEqual({
    title: 'Ready again',
    body: 'It was down from m2 until at least m5; after that nothing was measured for a while. What was found: The review server crashed.',
  });
  expect(alertText(newsOfEnd(undefined, began), say)).toEqual({
    title: 'Ready again',
    body: 'It was down since m2; until when is not known. What was found: The review server crashed.',
  });
});

test.each(CAUSES)('%s fits on a lock screen and into a push message', (cause) => {
  const level = levelOf(cause) === 'degraded' ? 'degraded' : 'down';
  const news = {
    incidentId: '1',
    level,
    cause,
    startedAt: 0,
    levelSince: 0,
    endUnseen: true,
    unmeasuredMs: 9 * HOUR,
  } as const;
  for (const each of [
    { ...news, kind: 'began', endedAt: null, isMixed: false },
    { ...news, kind: 'ended', endedAt: 1, isMixed: true },
  ] satisfies AlertNews[]) {
    const { title, body } = alertText(each, () => '14:02 on Wed 31 Dec 2025');
    expect(title.length).toBeLessThan(50);
    expect(body.length).toBeLessThan(300);
  }
});
