import type { Fact } from '#lib/domain/facts.ts';
import type { Restarts, Service } from '#lib/domain/host-facts.ts';
import { MINUTE } from '#lib/domain/time.ts';

/** How far back restarts are counted. */
const COUNTED_MS = 10 * MINUTE;

/** Counts how often a service was started anew, by comparing what it says of itself from time to time. */
export type RestartCount = {
  /** Null until two readings lie apart. */
  readonly count: (service: Fact<Service>) => Fact<Restarts> | null;
  readonly forget: () => void;
};

export function createRestartCount(): RestartCount {
  let readings: readonly Fact<Service>[] = [];
  return {
    count: (newest) => {
      const { label } = newest.value;
      const since = newest.at - COUNTED_MS;
      readings = [...readings.filter(({ at, value }) => at >= since && value.label === label), newest];
      const [oldest] = readings;
      if (oldest === undefined || oldest.at === newest.at) return null;
      return { value: { times: timesOf(readings), withinMs: newest.at - oldest.at }, at: newest.at };
    },
    forget: () => {
      readings = [];
    },
  };
}

/** By its own count where it keeps one; otherwise by the processes that came and went. */
function timesOf(readings: readonly Fact<Service>[]): number {
  let times = 0;
  for (const [place, { value }] of readings.entries()) {
    const before = readings[place - 1]?.value;
    if (before === undefined) continue;
    if (value.starts !== undefined && before.starts !== undefined) times += Math.max(0, value.starts - before.starts);
    else if (value.pid !== undefined && before.pid !== undefined && value.pid !== before.pid) times += 1;
  }
  return times;
}
