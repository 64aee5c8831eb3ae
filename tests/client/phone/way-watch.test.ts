import { expect, test } from 'vitest';
import { WayWatch } from '#lib/client/phone/way-watch.ts';
import type { PhoneOutcome, PhoneSample } from '#lib/domain/phone-sample.ts';
import { type DurationMs, HOUR, SECOND } from '#lib/domain/time.ts';

const BEGUN = Date.UTC(2026, 10, 22, 14, 0, 0);

/** A phone whose requests go as the day says, and a clock that a test moves. */
function phone({ takes = true }: { takes?: boolean } = {}) {
  const clock = { mono: 0, wall: BEGUN };
  const day: { outcome: PhoneOutcome; ms: DurationMs } = { outcome: 'answered', ms: 40 };
  let timers: { at: DurationMs; then: () => void }[] = [];
  const kept: PhoneSample[] = [];
  const handedIn: DurationMs[] = [];
  let asked = 0;
  const later = (ms: DurationMs, then: () => void) => {
    const timer = { at: clock.mono + ms, then };
    timers.push(timer);
    return () => {
      timers = timers.filter((each) => each !== timer);
    };
  };
  const watch = new WayWatch({
    measure: () => {
      asked += 1;
      const { outcome, ms } = day;
      return new Promise((resolve) => later(ms, () => resolve({ outcome, ms })));
    },
    keep: async (sample) => void kept.push(sample),
    handIn: async () => {
      handedIn.push(clock.mono);
      return takes;
    },
    wall: () => clock.wall,
    mono: () => clock.mono,
    later,
  });
  /** Lets time pass, and everything happen in it that is due. */
  const pass = async (ms: DurationMs) => {
    const end = clock.mono + ms;
    for (;;) {
      const [next] = timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
      const at = next?.at ?? end;
      clock.wall += Math.max(0, at - clock.mono);
      clock.mono = Math.max(clock.mono, at);
      if (next === undefined) return;
      timers = timers.filter((each) => each !== next);
      next.then();
      for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
    }
  };
  const seconds = () => kept.map(({ at }) => (at - BEGUN) / SECOND);
  return { clock, day, watch, kept, handedIn, pass, seconds, asked: () => asked };
}

test('measures every 15 s while it is seen, and 1.5 s after it came to be', async () => {
  const { watch, kept, pass, seconds } = phone();
  watch.show();
  await pass(50 * SECOND);
  expect(seconds()).toEqual([1.5, 16.54, 31.58, 46.62]);
  expect(kept[0]).toEqual({ at: BEGUN + 1_500, outcome: 'answered', ms: 40 });
});

test('does not ask at all while it is hidden', async () => {
  const { watch, pass, asked } = phone();
  watch.show();
  await pass(20 * SECOND);
  watch.hide();
  const before = asked();
  await pass(HOUR);
  expect(asked()).toBe(before);
});

test('asks every 5 s after a failure, and notes each', async () => {
  const { day, watch, kept, pass, seconds } = phone();
  watch.show();
  await pass(10 * SECOND);
  Object.assign(day, { outcome: 'unreachable', ms: 4 * SECOND });
  await pass(30 * SECOND);
  expect(seconds()).toEqual([1.5, 16.54, 25.54, 34.54]);
  expect(kept.slice(1)).toEqual(
    [16.54, 25.54, 34.54].map((s) => ({ at: BEGUN + s * SECOND, outcome: 'unreachable', ms: 4 * SECOND })),
  );
});

test('a lone failure right after a resume is asked again and not noted, a second one is', async () => {
  const { day, watch, kept, pass, seconds } = phone();
  Object.assign(day, { outcome: 'unreachable', ms: 5 });
  watch.show();
  await pass(2 * SECOND);
  expect(kept).toEqual([]);
  Object.assign(day, { outcome: 'answered', ms: 40 });
  await pass(2 * SECOND);
  expect(kept.map(({ outcome }) => outcome)).toEqual(['answered']);

  Object.assign(day, { outcome: 'unreachable', ms: 5 });
  watch.hide();
  watch.show();
  const begun = seconds().length;
  await pass(3 * SECOND);
  expect(kept.slice(begun).map(({ outcome }) => outcome)).toEqual(['unreachable']);
});

test('drops what was on its way when the app was hidden, also where it comes back at once', async () => {
  const { day, watch, kept, pass } = phone();
  watch.show();
  Object.assign(day, { outcome: 'unreachable', ms: 4 * SECOND });
  await pass(4 * SECOND);
  watch.hide();
  watch.show();
  Object.assign(day, { outcome: 'answered', ms: 40 });
  await pass(10 * SECOND);
  expect(kept.map(({ outcome }) => outcome)).toEqual(['answered']);
});

test.each([
  ['the clock of the wall ran on alone', { wall: 60 * SECOND, mono: 0 }],
  ['both clocks ran on', { wall: 60 * SECOND, mono: 60 * SECOND }],
  ['the clock was set back', { wall: -HOUR, mono: 0 }],
])('drops what was on its way while the page was frozen: %s', async (_, jump) => {
  const { clock, day, watch, kept, pass } = phone();
  watch.show();
  Object.assign(day, { outcome: 'unreachable', ms: 2 * SECOND });
  await pass(4 * SECOND);
  await pass(2 * SECOND - 500);
  clock.wall += jump.wall;
  clock.mono += jump.mono;
  Object.assign(day, { outcome: 'answered', ms: 40 });
  await pass(5 * SECOND);
  expect(kept.map(({ outcome }) => outcome)).toEqual(['answered']);
});

test('hands in at its first answer, every 30 s from then, and as soon as the Mac is reached again', async () => {
  const { day, watch, handedIn, pass } = phone();
  watch.show();
  await pass(65 * SECOND);
  expect(handedIn.map((at) => Math.round(at / SECOND))).toEqual([2, 32, 62]);
  Object.assign(day, { outcome: 'unreachable', ms: SECOND });
  await pass(20 * SECOND);
  expect(handedIn).toHaveLength(3);
  Object.assign(day, { outcome: 'answered', ms: 40 });
  await pass(6 * SECOND);
  expect(handedIn).toHaveLength(4);
});

test('stops for good where the Mac takes nothing from this phone', async () => {
  const { watch, kept, pass, asked } = phone({ takes: false });
  watch.show();
  await pass(HOUR);
  watch.hide();
  watch.show();
  await pass(HOUR);
  expect([asked(), kept.length]).toEqual([1, 1]);
});
