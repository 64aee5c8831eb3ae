import type { Durations } from './bucket.ts';

/** Uptime is told as three numbers, 0 to 1. The first two are null when nothing was measured: no data is neither 0 % nor 100 %. */
export type Uptime = {
  /** (ready + degraded) / measured */
  readonly reachable: number | null;
  /** ready / measured */
  readonly ready: number | null;
  /** measured / everything; 0 of an empty interval */
  readonly measured: number;
};

export function uptimeOf({ readyMs, degradedMs, downMs, gapMs }: Durations): Uptime {
  const measuredMs = readyMs + degradedMs + downMs;
  if (measuredMs === 0) return { reachable: null, ready: null, measured: 0 };
  return {
    reachable: (readyMs + degradedMs) / measuredMs,
    ready: readyMs / measuredMs,
    measured: measuredMs / (measuredMs + gapMs),
  };
}

const NOTHING: Durations = { readyMs: 0, degradedMs: 0, downMs: 0, gapMs: 0 };

export function sumDurations(all: Iterable<Durations>): Durations {
  const sum = { ...NOTHING };
  for (const { readyMs, degradedMs, downMs, gapMs } of all) {
    sum.readyMs += readyMs;
    sum.degradedMs += degradedMs;
    sum.downMs += downMs;
    sum.gapMs += gapMs;
  }
  return sum;
}
