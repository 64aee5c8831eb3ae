import { expect, test } from 'vitest';
import type { AlertPreferences } from '#lib/domain/alert.ts';
import type { AlertState } from '#lib/domain/alert-due.ts';
import { isQuiet } from '#lib/domain/alert-quiet.ts';
import type { Cause } from '#lib/domain/cause.ts';
import { HOUR, MINUTE } from '#lib/domain/time.ts';
import { AlertDay } from '#tests/support/alert-day.ts';
import { fc } from '#tests/support/fast-check.ts';

type Happening = (day: AlertDay) => void;
const cause = fc.constantFrom<Cause>('healthy', 'crashed', 'hung', 'anki-not-running', 'slower-than-app');
const fate = fc.constantFrom<AlertState | 'later'>('sent', 'sent', 'sent', 'later', 'unknown', 'given-up');
const passing = (least: number, most: number) =>
  fc.integer({ min: least, max: most }).map(
    (ms): Happening =>
      (day) =>
        void day.pass(ms),
  );
const happening = fc.oneof(
  {
    weight: 4,
    arbitrary: cause.map(
      (to): Happening =>
        (day) =>
          void day.be(to),
    ),
  },
  { weight: 1, arbitrary: fc.constant<Happening>((day) => void day.sleep()) },
  { weight: 3, arbitrary: passing(1, 3 * HOUR) },
  // The clock is set.
  { weight: 1, arbitrary: passing(-2 * HOUR, 2 * HOUR) },
  {
    weight: 6,
    arbitrary: fate.map(
      (of): Happening =>
        (day) =>
          void day.look(of),
    ),
  },
);
/** On the half hour, so that a part of the day is left that is not quiet. */
const time = fc
  .integer({ min: 0, max: 47 })
  .map((half) => `${`${half >> 1}`.padStart(2, '0')}:${half % 2 ? '30' : '00'}`);
const timeZone = fc.constantFrom('Europe/Berlin', 'America/St_Johns', 'Australia/Lord_Howe');
const preferences: fc.Arbitrary<AlertPreferences> = fc.record({
  isOn: fc.constant(true),
  level: fc.constantFrom('down' as const, 'degraded' as const),
  minimumMs: fc.constantFrom(0, MINUTE, HOUR),
  quiet: fc.option(fc.record({ from: time, to: time, timeZone }), { freq: 3 }),
  badge: fc.constant('none' as const),
});
/** Days on which clocks are changed somewhere, and one on which none is. */
const start = fc
  .constantFrom('2026-03-28T18:00Z', '2026-10-24T20:00Z', '2026-04-04T10:00Z', '2026-11-23T12:00Z')
  .map(Date.parse);

/** It works at last, and for more than a day: every quiet hour passes. */
function endWell(day: AlertDay): void {
  day.now = Math.max(day.now, day.spans.at(-1)?.at ?? 0) + MINUTE;
  day.be('healthy');
  for (let half = 0; half < 52; half += 1) day.look().pass(HOUR / 2);
}

function holdSent(day: AlertDay): void {
  const keys = day.sent.map(({ id, kind }) => `${id} ${kind}`);
  expect(new Set(keys).size).toBe(keys.length);
  for (const { id, kind, at, level } of day.sent) {
    expect(isQuiet(day.preferences.quiet, at)).toBe(false);
    if (kind === 'began') expect(['down', 'degraded']).toContain(level);
    else expect(['sent', 'unknown']).toContain(day.records.get(`${id} began`)?.state);
  }
}

function holdRecords(day: AlertDay): void {
  for (const { incidentId, kind, state } of day.records.values()) {
    expect(['due', 'sending']).not.toContain(state);
    const isOpen = kind === 'began' && (state === 'sent' || state === 'unknown');
    if (isOpen) expect(day.records.has(`${incidentId} ended`)).toBe(true);
  }
}

test('whatever happens, nothing is told twice, in quiet hours, out of nothing, or left without its end', () => {
  const told = { began: 0, ended: 0 };
  const days = fc.array(happening, { minLength: 10, maxLength: 60, size: 'max' });
  fc.assert(
    fc.property(preferences, start, days, (wanted, at, events) => {
      const day = new AlertDay(wanted, at);
      for (const happen of events) happen(day);
      endWell(day);
      holdSent(day);
      holdRecords(day);
      for (const { kind } of day.sent) told[kind] += 1;
    }),
    { numRuns: 120 },
  );
  // It is about something.
  expect(Math.min(told.began, told.ended)).toBeGreaterThan(15);
});
