import type { DurationMs } from '#lib/domain/time.ts';

/** The median and the 95th percentile of how long some calls took, by nearest rank; null for none. */
export function latencyOf(
  took: readonly DurationMs[],
): { readonly p50Ms: DurationMs; readonly p95Ms: DurationMs } | null {
  const sorted = took.toSorted((one, other) => one - other);
  const at = (share: number) => sorted[Math.ceil(share * sorted.length) - 1];
  const [p50Ms, p95Ms] = [at(0.5), at(0.95)];
  return p50Ms === undefined || p95Ms === undefined ? null : { p50Ms, p95Ms };
}
