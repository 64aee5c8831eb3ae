import { expect, test } from 'vitest';
import { type Beat, explainPause, type Pause } from '#lib/domain/pause.ts';

const beat = (wallMs: number, monoMs: number, uptimeMs: number, cpuMs = 1): Beat => ({
  wallMs,
  monoMs,
  uptimeMs,
  cpuMs,
});
const gap = (reason: Extract<Pause, { kind: 'gap' }>['reason']): Pause => ({ kind: 'gap', reason });

// The patterns of the network reference §5, with a heartbeat planned for one second.
test.each<[string, Beat, string, Pause | null]>([
  ['in time', beat(1_001, 1_001, 1_001), 'linux', null],
  ['a second and a half late under load', beat(2_500, 2_500, 2_500, 900), 'linux', null],
  ['blocked by our own work', beat(4_500, 4_500, 4_500, 3_400), 'linux', gap('frozen')],
  ['stopped by a signal on Linux', beat(6_000, 6_000, 6_000), 'linux', gap('frozen')],
  [
    'asleep on macOS, whose monotonic clock counts sleep',
    beat(3_600_000, 3_600_000, 3_600_000),
    'darwin',
    gap('asleep'),
  ],
  ['blocked on macOS', beat(5_000, 5_000, 5_000, 4_000), 'darwin', gap('frozen')],
  ['asleep on Linux, whose monotonic clock does not', beat(3_600_000, 1_000, 3_600_000), 'linux', gap('asleep')],
  ['the clock set forward', beat(3_600_000, 1_000, 1_000), 'linux', gap('clock')],
  ['the clock set forward on macOS', beat(3_600_000, 1_000, 3_600_000), 'darwin', gap('clock')],
  ['the clock set back', beat(-59_000, 1_000, 1_000), 'linux', { kind: 'clock-set-back', byMs: 60_000 }],
  ['the clock nudged by a little', beat(700, 1_000, 1_000), 'linux', null],
])('a heartbeat %s', (_, given, platform, expected) => {
  expect(explainPause(given, 1_000, platform)).toEqual(expected);
});
