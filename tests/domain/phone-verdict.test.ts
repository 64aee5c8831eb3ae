import { expect, test } from 'vitest';
import { GAP_REASONS } from '#lib/domain/cause.ts';
import type { PhoneOutage } from '#lib/domain/phone-outage.ts';
import { PHONE_OUTAGE_VERDICTS } from '#lib/domain/phone-sample.ts';
import { explainPhoneOutage, phoneOutageSentence } from '#lib/domain/phone-verdict.ts';
import { stretchesOf } from '#lib/domain/spans.ts';
import { MINUTE, SECOND } from '#lib/domain/time.ts';
import type { Span } from '#lib/domain/timeline.ts';
import { fc } from '#tests/support/fast-check.ts';

const outage = (also: Partial<PhoneOutage> = {}): PhoneOutage => ({
  from: 10 * MINUTE,
  to: 16 * MINUTE,
  isLasting: false,
  failures: 40,
  misanswered: 0,
  ...also,
});
const ready = (at: number): Span => ({ at, level: 'ready', cause: 'healthy', confirmedAt: at });
const down = (at: number, cause: 'not-running' | 'tailscale-stopped' | 'key-expired'): Span => ({
  at,
  level: 'down',
  cause,
  confirmedAt: at,
});
const gap = (at: number, reason: (typeof GAP_REASONS)[number]): Span => ({ at, level: 'no-data', gap: reason });

/** What is said of the outage, given how the Mac fared. */
const told = (spans: readonly Span[], also: Partial<PhoneOutage> = {}, device: string | null = 'iphone') => {
  const seen = outage(also);
  const explained = explainPhoneOutage(seen, stretchesOf(spans, seen, 20 * MINUTE));
  return [explained.verdict, phoneOutageSentence(seen, explained, device)];
};

test.each<readonly [string, readonly Span[], string, string]>([
  [
    'was well all the time',
    [ready(0)],
    'phone-path',
    'The Mac answered itself all the time; iphone could not reach it for 6 min: Tailscale on the phone, or the phone’s network.',
  ],
  [
    'measured, and its server was down',
    [ready(0), down(12 * MINUTE, 'not-running')],
    'phone-path',
    'The Mac was awake and measuring all the time; iphone could not reach it for 6 min: Tailscale on the phone, or the phone’s network.',
  ],
  [
    'slept a little of it',
    [ready(0), gap(11 * MINUTE, 'asleep'), ready(12 * MINUTE)],
    'phone-path',
    'The Mac was awake and measuring most of the time; iphone could not reach it for 6 min: Tailscale on the phone, or the phone’s network.',
  ],
  [
    'slept',
    [ready(0), gap(9 * MINUTE, 'asleep')],
    'mac-asleep',
    'The Mac was asleep; iphone could not reach it for 6 min.',
  ],
  [
    'fell asleep',
    [ready(0), gap(12 * MINUTE, 'asleep')],
    'mac-asleep',
    'The Mac was asleep most of the time; iphone could not reach it for 6 min.',
  ],
  ...(['stopped', 'frozen'] as const).map(
    (reason) =>
      [
        `measured nothing (${reason})`,
        [ready(0), gap(9 * MINUTE, reason)],
        'not-running',
        'Lifeline was stopped or frozen on the Mac; iphone had no answer for 6 min.',
      ] as const,
  ),
  [
    'had its Tailscale stopped',
    [ready(0), down(9 * MINUTE, 'tailscale-stopped')],
    'tailnet-off',
    'Tailscale on the Mac was disconnected; iphone could not reach it for 6 min.',
  ],
  [
    'was found to be off its tailnet, which is looked at every 30 s',
    [ready(0), down(10.5 * MINUTE, 'tailscale-stopped')],
    'tailnet-off',
    'Tailscale on the Mac was disconnected; iphone could not reach it for 6 min.',
  ],
  [
    'set its clock forward',
    [ready(0), gap(9 * MINUTE, 'clock')],
    'unknown',
    'iphone could not reach the Mac for 6 min; what the Mac measured does not tell why.',
  ],
  [
    'was asleep and off its tailnet, neither for most of it',
    [gap(9 * MINUTE, 'asleep'), down(12.9 * MINUTE, 'key-expired'), ready(15 * MINUTE)],
    'unknown',
    'iphone could not reach the Mac for 6 min; what the Mac measured does not tell why.',
  ],
])('an outage in which the Mac %s', (_, spans, verdict, sentence) => {
  expect(told(spans)).toEqual([verdict, sentence]);
});

test('an outage that is shorter than this machine’s looks at its Tailscale is not put on the phone', () => {
  const [verdict, sentence] = told([ready(0)], { to: 10 * MINUTE + 29 * SECOND });
  expect(verdict).toBe('phone-path');
  expect(sentence).toMatch(/could not reach it for 29 s: Tailscale, or the network between them\.$/);
  const half = { to: 10 * MINUTE + 40 * SECOND };
  expect(told([ready(0), down(10 * MINUTE + 25 * SECOND, 'tailscale-stopped')], half)[0]).toBe('tailnet-off');
});

test('of a time that the Mac’s history does not hold nothing is claimed', () => {
  const seen = outage({ isLasting: true });
  const explained = explainPhoneOutage(seen, []);
  expect(explained.verdict).toBe('unknown');
  expect(phoneOutageSentence(seen, explained, null)).toBe(
    'The phone could not reach the Mac for 6 min so far; what the Mac measured does not tell why.',
  );
});

test('what something else answered in its place tells that Lifeline was not there, whatever was measured', () => {
  expect(told([ready(0)], { misanswered: 39 })).toEqual([
    'not-running',
    'The Mac answered iphone, but Lifeline did not, for 6 min: it was not running there.',
  ]);
  expect(told([ready(0)], { misanswered: 20 })[0]).toBe('phone-path');
});

test('a verdict is what covers more than half, whatever comes in which order', () => {
  const span = fc.oneof(
    fc.constant(ready(0)),
    fc.constantFrom(...GAP_REASONS).map((reason) => gap(0, reason)),
    fc.constantFrom('not-running' as const, 'tailscale-stopped' as const).map((cause) => down(0, cause)),
  );
  const lengths = fc.array(fc.tuple(span, fc.integer({ min: 1, max: 90 })), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(lengths, (parts) => {
      let at = 0;
      const stretches = parts.map(([each, seconds]) => {
        const from = at;
        at += seconds * SECOND;
        return { ...each, at: from, to: at };
      });
      const seen = outage({ from: 0, to: at });
      const explained = explainPhoneOutage(seen, stretches);
      expect(PHONE_OUTAGE_VERDICTS).toContain(explained.verdict);
      // What precedes a look at Tailscale may be judged by it.
      if (parts.every(([each]) => each.level === 'no-data' || each.cause !== 'tailscale-stopped')) {
        expect(explainPhoneOutage(seen, stretches.toReversed())).toEqual(explained);
      }
      const sentence = phoneOutageSentence(seen, explained, 'iphone');
      expect(sentence).toMatch(/^[A-Zi].*\.$/);
      if (explained.isAnswered) expect(stretches.every(({ level }) => level === 'ready')).toBe(true);
    }),
  );
});
