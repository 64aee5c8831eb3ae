import type { DurationMs } from '#lib/domain/time.ts';

/** A measured time with two figures where they count: `0.4 ms`, `4.2 ms`, `14 ms`, `1.3 s`. */
export function latencyText(ms: DurationMs): string {
  if (ms < 9.95) return `${ms.toFixed(1)} ms`;
  if (ms < 999.5) return `${Math.round(ms)} ms`;
  return `${(ms / 1_000).toFixed(1)} s`;
}
