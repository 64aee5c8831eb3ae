/**
 * A ratio as a percentage that never claims more than is true: rounded down, so that 0.99996 reads `99.99 %` and only
 * exactly 1 reads `100 %`. Null, nothing measured, reads `no data yet`.
 */
export function percentText(ratio: number | null): string {
  if (ratio === null) return 'no data yet';
  if (ratio >= 1) return '100 %';
  if (ratio > 0 && ratio < 0.001) return '< 0.1 %';
  const digits = ratio >= 0.99 ? 100 : 10;
  const floored = Math.floor(ratio * 100 * digits + 1e-9) / digits;
  return `${Math.min(floored, 99.99)} %`;
}
