import { type Beat, explainPause, type Pause } from '#lib/domain/pause.ts';
import { type DurationMs, SECOND } from '#lib/domain/time.ts';
import type { Effects } from './effects.ts';

const BEAT_MS = SECOND;

type Clocks = Pick<Effects, 'clock' | 'gauge' | 'platform' | 'after'>;

/** Beats once a second and notices when it could not: asleep, frozen, or the clock was set. */
export type Heartbeat = {
  /** Looks at the clocks now; calls back about a pause before anything that happened across it is believed. */
  readonly check: () => void;
  readonly stop: () => void;
};

export function startHeartbeat(effects: Clocks, onPause: (pause: Pause) => void): Heartbeat {
  let last = read(effects);
  let cancel = () => {};
  const check = (): void => {
    const now = read(effects);
    const pause = explainPause(between(last, now), BEAT_MS, effects.platform);
    last = now;
    if (pause !== null) onPause(pause);
  };
  const beat = (): void => {
    check();
    cancel = effects.after(BEAT_MS, beat);
  };
  cancel = effects.after(BEAT_MS, beat);
  return { check, stop: () => cancel() };
}

type Reading = {
  readonly wall: number;
  readonly mono: DurationMs;
  readonly uptimeMs: DurationMs;
  readonly cpuMs: DurationMs;
};

const read = ({ clock, gauge }: Clocks): Reading => ({ wall: clock.now(), mono: clock.mono(), ...gauge() });

const between = (before: Reading, now: Reading): Beat => ({
  wallMs: now.wall - before.wall,
  monoMs: now.mono - before.mono,
  uptimeMs: now.uptimeMs - before.uptimeMs,
  cpuMs: now.cpuMs - before.cpuMs,
});
