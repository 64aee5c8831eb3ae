import type { DurationMs, EpochMs } from '#lib/domain/time.ts';
import type { LatencyPoint } from './latency-series.ts';

/** The width and height that the paths are drawn in; they are stretched to their place. */
export const PATH_SIZE = 1_000;

type Frame = { readonly from: EpochMs; readonly to: EpochMs; readonly ceilingMs: DurationMs };

/** SVG paths of the median and of the band around it; gaps are gaps. `dots`: where a point is that no line reaches. */
export type LatencyPaths = {
  readonly line: string;
  readonly band: string;
  readonly dots: readonly { readonly x: number; readonly y: number }[];
};

/** The points, oldest first, as paths in a square of `PATH_SIZE`, the origin in its upper left corner. */
export function latencyPaths(points: readonly LatencyPoint[], { from, to, ceilingMs }: Frame): LatencyPaths {
  const x = (at: EpochMs) => round(((at - from) / (to - from)) * PATH_SIZE);
  const y = (ms: DurationMs) => round((1 - ms / ceilingMs) * PATH_SIZE);
  const line: string[] = [];
  const band: string[] = [];
  const dots: { x: number; y: number }[] = [];
  for (const stretch of stretchesOf(points)) {
    line.push(`M${stretch.map(({ at, p50 }) => `${x(at)} ${y(p50)}`).join('L')}`);
    const above = stretch.map(({ at, band: [, high] }) => `${x(at)} ${y(high)}`);
    const below = stretch.map(({ at, band: [low] }) => `${x(at)} ${y(low)}`).toReversed();
    band.push(`M${[...above, ...below].join('L')}Z`);
    const [first] = stretch;
    if (stretch.length === 1 && first !== undefined) dots.push({ x: x(first.at), y: y(first.p50) });
  }
  return { line: line.join(''), band: band.join(''), dots };
}

type Drawn = { readonly at: EpochMs; readonly p50: DurationMs; readonly band: readonly [DurationMs, DurationMs] };

/** Points that are joined, stretch by stretch. */
function stretchesOf(points: readonly LatencyPoint[]): readonly (readonly Drawn[])[] {
  const stretches: Drawn[][] = [[]];
  for (const { at, p50, band } of points) {
    if (p50 === null || band === null) stretches.push([]);
    else stretches.at(-1)?.push({ at, p50, band });
  }
  return stretches.filter(({ length }) => length > 0);
}

const round = (value: number): number => Math.round(value * 10) / 10;
