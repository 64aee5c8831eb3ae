import { usePlotArea, useXAxisScale } from 'recharts';
import type { LatencyPoint } from '#lib/client/latency-series.ts';

/** An arrow at the upper edge wherever figures lie above the chart, so that nothing is cut in silence. */
export function AboveMarks({ points }: { readonly points: readonly LatencyPoint[] }) {
  const plot = usePlotArea();
  const scale = useXAxisScale();
  if (plot === undefined || scale === undefined) return null;
  return points
    .filter(({ above }) => above)
    .map(({ at }) => <path key={at} d={`M${(scale(at) ?? 0) - 4} ${plot.y - 1}l4 -6l4 6z`} className="fill-dim" />);
}
