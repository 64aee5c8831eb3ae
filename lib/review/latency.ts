import type { DurationMs } from '#lib/domain/time.ts';

/** How long the newest calls took. */
export type Latency = {
  readonly add: (took: DurationMs) => void;
  /** By nearest rank; null before the first. */
  readonly told: () => { readonly p50Ms: DurationMs; readonly p95Ms: DurationMs; readonly calls: number } | null;
};

/** Keeps the newest `most`. */
export function createLatency(most = 20): Latency {
  const newest: DurationMs[] = [];
  return {
    add: (took) => {
      newest.push(took);
      if (newest.length > most) newest.shift();
    },
    told: () => {
      const sorted = newest.toSorted((one, other) => one - other);
      const at = (share: number) => sorted[Math.ceil(share * sorted.length) - 1];
      const [p50Ms, p95Ms] = [at(0.5), at(0.95)];
      return p50Ms === undefined || p95Ms === undefined ? null : { p50Ms, p95Ms, calls: sorted.length };
    },
  };
}
