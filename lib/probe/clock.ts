import type { DurationMs, EpochMs } from '#lib/domain/time.ts';

/** The two clocks of a probe: `now` dates it, `mono` measures it. `mono` counts from an arbitrary start and never steps. */
export type Clock = {
  readonly now: () => EpochMs;
  readonly mono: () => DurationMs;
};

export const systemClock: Clock = { now: () => Date.now(), mono: () => performance.now() };
