import { expect, test } from 'vitest';
import { absencesOf } from '#lib/domain/absence.ts';
import { GAP_REASONS, type GapReason } from '#lib/domain/cause.ts';
import { durationsOf, stretchesOf } from '#lib/domain/spans.ts';
import { HOUR, MINUTE, SECOND } from '#lib/domain/time.ts';
import type { Span } from '#lib/domain/timeline.ts';
import { fc } from '#tests/support/fast-check.ts';

const ready = (at: number): Span => ({ at, level: 'ready', cause: 'healthy', confirmedAt: at });
const gap = (at: number, reason: GapReason): Span => ({ at, level: 'no-data', gap: reason });
const told = (spans: readonly Span[], now: number, from = 0) => absencesOf(spans, { from, measuredUntil: now, now });

test('an absence lasts until something was measured again, and the newest comes first', () => {
  const spans = [ready(0), gap(HOUR, 'asleep'), ready(6 * HOUR), gap(7 * HOUR, 'stopped'), ready(8 * HOUR)];
  expect(told(spans, 9 * HOUR)).toEqual([
    { from: 7 * HOUR, to: 8 * HOUR, gap: 'stopped' },
    { from: HOUR, to: 6 * HOUR, gap: 'asleep' },
  ]);
});

test('one that began before the window is told whole, one that was over by then is not', () => {
  const spans = [ready(0), gap(HOUR, 'asleep'), ready(6 * HOUR)];
  expect(told(spans, 9 * HOUR, 5 * HOUR)).toEqual([{ from: HOUR, to: 6 * HOUR, gap: 'asleep' }]);
  expect(told(spans, 9 * HOUR, 6 * HOUR)).toEqual([]);
});

test('less than a minute is no news, and what follows for the same reason belongs to it', () => {
  const short = [ready(0), gap(HOUR, 'frozen'), ready(HOUR + 59 * SECOND)];
  expect(told(short, 2 * HOUR)).toEqual([]);
  const pieces = [ready(0), gap(HOUR, 'asleep'), gap(HOUR + 40 * SECOND, 'asleep'), ready(HOUR + 80 * SECOND)];
  expect(told(pieces, 2 * HOUR)).toEqual([{ from: HOUR, to: HOUR + 80 * SECOND, gap: 'asleep' }]);
});

test('a dark wake of seconds does not end a night, a look at the mail for minutes does', () => {
  const night = [
    ready(0),
    gap(HOUR, 'asleep'),
    ready(3 * HOUR),
    gap(3 * HOUR + 45 * SECOND, 'asleep'),
    ready(7 * HOUR),
  ];
  expect(told(night, 8 * HOUR)).toEqual([{ from: HOUR, to: 7 * HOUR, gap: 'asleep' }]);
  const awake = [ready(0), gap(HOUR, 'asleep'), ready(3 * HOUR), gap(3 * HOUR + 3 * MINUTE, 'asleep'), ready(7 * HOUR)];
  expect(told(awake, 8 * HOUR)).toHaveLength(2);
  const stopped = [ready(0), gap(HOUR, 'stopped'), ready(3 * HOUR), gap(3 * HOUR + SECOND, 'stopped'), ready(7 * HOUR)];
  expect(told(stopped, 8 * HOUR)).toHaveLength(2);
});

test('one that lasts has no end, also when nobody wrote down that it began', () => {
  expect(told([ready(0), gap(HOUR, 'asleep')], 2 * HOUR)).toEqual([{ from: HOUR, to: null, gap: 'asleep' }]);
  expect(absencesOf([ready(0)], { from: 0, measuredUntil: HOUR, now: 2 * HOUR })).toEqual([
    { from: HOUR, to: null, gap: 'stopped' },
  ]);
});

const anySpans = fc
  .array(fc.record({ lasts: fc.integer({ min: 1, max: 3 * HOUR }), gap: fc.option(fc.constantFrom(...GAP_REASONS)) }))
  .map((pieces) => {
    let at = 0;
    return pieces.map((piece) => {
      const span = piece.gap === null ? ready(at) : gap(at, piece.gap);
      at += piece.lasts;
      return { span, end: at };
    });
  });

test('whatever was lived through, absences never overlap and together are what was not measured, but for what is short', () => {
  fc.assert(
    fc.property(anySpans, (pieces) => {
      const now = pieces.at(-1)?.end ?? 0;
      const spans = pieces.map(({ span }) => span);
      const absences = told(spans, now).toReversed();
      for (const [place, { from, to }] of absences.entries()) {
        expect((to ?? now) - from).toBeGreaterThanOrEqual(MINUTE);
        expect(from).toBeGreaterThanOrEqual(absences[place - 1]?.to ?? 0);
      }
      const { gapMs } = durationsOf(stretchesOf(spans, { from: 0, to: now }, now));
      const toldMs = absences.reduce((sum, { from, to }) => sum + (to ?? now) - from, 0);
      // Dark wakes are told as asleep.
      expect(toldMs - gapMs).toBeLessThanOrEqual(pieces.length * 2 * MINUTE);
      expect(gapMs - toldMs).toBeLessThanOrEqual(pieces.length * MINUTE);
    }),
  );
});
