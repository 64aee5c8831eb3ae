import { expect, test } from 'vitest';
import { durationsOf, stretchesOf } from '#lib/domain/spans.ts';
import type { Span } from '#lib/domain/timeline.ts';
import { fc } from '#tests/support/fast-check.ts';

const ready = (at: number): Span => ({ at, level: 'ready', cause: 'healthy', confirmedAt: at });
const down = (at: number): Span => ({ at, level: 'down', cause: 'not-running', confirmedAt: at + 2 });
const asleep = (at: number): Span => ({ at, level: 'no-data', gap: 'asleep' });

test('before the first span and after the last measurement nothing is known', () => {
  expect(stretchesOf([ready(20), down(50)], { from: 0, to: 100 }, 80)).toEqual([
    { at: 0, to: 20, level: 'no-data', gap: 'stopped' },
    { ...ready(20), to: 50 },
    { ...down(50), to: 80 },
    { at: 80, to: 100, level: 'no-data', gap: 'stopped' },
  ]);
});

test('a state that began before the interval counts from its edge and keeps its confirmation', () => {
  expect(stretchesOf([down(0)], { from: 30, to: 60 }, 90)).toEqual([{ ...down(0), at: 30, to: 60 }]);
});

test('a gap at the end goes on with its own reason', () => {
  expect(stretchesOf([ready(0), asleep(40)], { from: 0, to: 100 }, 40)).toEqual([
    { ...ready(0), to: 40 },
    { ...asleep(40), to: 100 },
  ]);
});

test('without any span all is a gap', () => {
  expect(stretchesOf([], { from: 0, to: 9 }, 0)).toEqual([{ at: 0, to: 9, level: 'no-data', gap: 'stopped' }]);
});

const anySpan = fc
  .tuple(fc.constantFrom(ready, down, asleep), fc.integer({ min: 0, max: 200 }))
  .map(([make, at]) => make(at));

test('whatever happened, the stretches follow on each other and fill the interval', () => {
  const cases = fc.record({
    spans: fc.uniqueArray(anySpan, { selector: ({ at }) => at, maxLength: 12 }),
    from: fc.integer({ min: -10, max: 220 }),
    length: fc.integer({ min: 0, max: 220 }),
    measuredUntil: fc.integer({ min: 0, max: 220 }),
  });
  fc.assert(
    fc.property(cases, ({ spans, from, length, measuredUntil }) => {
      const to = from + length;
      const stretches = stretchesOf(spans, { from, to }, measuredUntil);
      expect([from, ...stretches.map((each) => each.to)]).toEqual([...stretches.map(({ at }) => at), to]);
      const { readyMs, degradedMs, downMs, gapMs } = durationsOf(stretches);
      expect(readyMs + degradedMs + downMs + gapMs).toBe(length);
    }),
  );
});
