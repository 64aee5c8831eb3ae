import { expect, test } from 'vitest';
import { type PhoneOutage, phoneOutagesOf, WATCHED_MS } from '#lib/domain/phone-outage.ts';
import { PHONE_OUTCOMES, type PhoneOutcome, type PhoneSample } from '#lib/domain/phone-sample.ts';
import { DAY, HOUR, SECOND } from '#lib/domain/time.ts';
import { fc } from '#tests/support/fast-check.ts';

const OF: Readonly<Record<string, PhoneOutcome>> = { '+': 'answered', '-': 'unreachable', o: 'not-running' };

/** `+ - o`: an answer, silence for 4 s, a word of something else, one every ten seconds; a space is a minute without the app. */
function lived(text: string): readonly PhoneSample[] {
  let at = 0;
  return [...text].flatMap((sign) => {
    at += sign === ' ' ? 60 * SECOND : 10 * SECOND;
    const outcome = OF[sign];
    return outcome === undefined ? [] : [{ at, outcome, ms: outcome === 'unreachable' ? 4 * SECOND : 20 }];
  });
}
const told = (text: string, now = HOUR): readonly PhoneOutage[] => phoneOutagesOf(lived(text), now);

test.each<readonly [string, string, readonly (readonly [number, number])[]]>([
  ['answers only', '+++++', []],
  ['one lost request', '++-++', []],
  ['one that something else answered', '++o++', []],
  ['two lost in a row', '+--+', [[20, 34]]],
  ['two, with an answer between', '+-+-+', []],
  ['two apart: nobody asked in between', '+- -+', []],
  [
    'an hour of silence with the app closed in between',
    '+-- --+',
    [
      [20, 34],
      [100, 114],
    ],
  ],
  ['silence, then something else in its place', '+--oo+', [[20, 50.02]]],
  ['one that lasts', '+--', [[20, 34]]],
])('%s', (_, text, expected) => {
  expect(told(text).map(({ from, to }) => [from / SECOND, to / SECOND])).toEqual(expected);
});

test('one lost request is an outage where it took ten seconds by itself', () => {
  const lost = (ms: number) => phoneOutagesOf([{ at: 0, outcome: 'unreachable', ms }], HOUR);
  expect([lost(9_999).length, lost(10_000).length]).toEqual([0, 1]);
});

test('it lasts until an answer comes, or nobody asks any more', () => {
  const end = 34 * SECOND;
  expect(told('+--', end + SECOND)[0]?.isLasting).toBe(true);
  expect(told('+--', end + WATCHED_MS + 1)[0]?.isLasting).toBe(false);
  expect(told('+--+', end + SECOND)[0]?.isLasting).toBe(false);
});

test('counts what failed, and what something else answered', () => {
  expect(told('+-oo+')).toMatchObject([{ failures: 3, misanswered: 2 }]);
});

/** One request after the other, as a phone makes them. */
const anySamples = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 50_000 }), fc.constantFrom(...PHONE_OUTCOMES), fc.nat(4_000)), {
    maxLength: 60,
  })
  .map((steps) => {
    let at = 0;
    return steps.map(([waited, outcome, ms]) => {
      const sample = { at: at + waited, outcome, ms };
      at = sample.at + ms;
      return sample;
    });
  });

test('outages come in order, hold every failure of their time and no answer', () => {
  fc.assert(
    fc.property(anySamples, (samples) => {
      let last = 0;
      for (const { from, to, failures } of phoneOutagesOf(samples, DAY)) {
        expect(from).toBeGreaterThan(last);
        last = to;
        const inside = samples.filter(({ at }) => at >= from && at <= to);
        expect(inside.map(({ outcome }) => outcome)).not.toContain('answered');
        expect(inside).toHaveLength(failures);
      }
    }),
  );
});

test('answers that are no neighbours of a failure say nothing', () => {
  fc.assert(
    fc.property(anySamples, (samples) => {
      const failed = (place: number) => (samples[place]?.outcome ?? 'answered') !== 'answered';
      const fewer = samples.filter((_, place) => failed(place) || failed(place - 1) || failed(place + 1));
      expect(phoneOutagesOf(fewer, DAY)).toEqual(phoneOutagesOf(samples, DAY));
    }),
  );
});
