import { usePlotArea, useXAxisScale } from 'recharts';
import type { FailureMark } from '#lib/client/latency-series.ts';

const SIZE = 8;
/** Below the plot's floor. */
const LANE_TOP = 6;

function Shape({ kind, x, y }: { readonly kind: FailureMark['kind']; readonly x: number; readonly y: number }) {
  switch (kind) {
    case 'down':
      return <rect x={x} y={y} width={SIZE} height={SIZE} rx={2} className="fill-down" />;
    case 'degraded':
      return <path d={`M${x + SIZE / 2} ${y}l${SIZE / 2} ${SIZE}h${-SIZE}z`} className="fill-degraded" />;
    case 'single':
      return (
        <rect
          x={x + 1}
          y={y + 1}
          width={SIZE - 2}
          height={SIZE - 2}
          rx={1.5}
          className="fill-none stroke-down"
          strokeWidth={1.5}
        />
      );
  }
}

/** Failures at their time in a lane below the plot: a shape where it began and a line for as long as it lasted. */
export function FailureLane({ marks }: { readonly marks: readonly FailureMark[] }) {
  const plot = usePlotArea();
  const scale = useXAxisScale();
  if (plot === undefined || scale === undefined) return null;
  const top = plot.y + plot.height + LANE_TOP;
  return marks.map(({ kind, from, to }) => {
    const start = scale(from) ?? 0;
    const end = scale(to) ?? start;
    const x = Math.min(Math.max(start, plot.x), plot.x + plot.width - SIZE);
    return (
      <g key={from} className={kind === 'degraded' ? 'text-degraded' : 'text-down'}>
        {kind === 'single' ? null : (
          <rect
            x={start}
            y={plot.y}
            width={Math.max(1, end - start)}
            height={plot.height}
            fill="currentColor"
            opacity={0.1}
          />
        )}
        {end - start > 2 * SIZE ? (
          <rect x={x} y={top + SIZE / 2 - 1} width={end - x} height={2} rx={1} fill="currentColor" />
        ) : null}
        <Shape kind={kind} x={x} y={top} />
      </g>
    );
  });
}
