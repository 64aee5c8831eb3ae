import { usePlotArea, useYAxisScale } from 'recharts';
import { latencyText } from '#lib/client/latency-text.ts';
import { PATIENCE_MS } from '#lib/domain/probe.ts';
import type { DurationMs } from '#lib/domain/time.ts';

type LineProps = {
  readonly ms: DurationMs;
  readonly label: string;
  readonly className: string;
  readonly side?: 'left' | 'right';
};

function LevelLine({ ms, label, className, side = 'left' }: LineProps) {
  const plot = usePlotArea();
  const y = useYAxisScale()?.(ms);
  if (plot === undefined || y === undefined) return null;
  return (
    <g className={className}>
      <line
        x1={plot.x}
        x2={plot.x + plot.width}
        y1={y}
        y2={y}
        stroke="currentColor"
        strokeDasharray={ms === 0 ? '' : '2 4'}
      />
      {label === '' ? null : (
        <text
          x={side === 'left' ? plot.x + 1 : plot.x + plot.width - 1}
          y={y - 4}
          textAnchor={side === 'left' ? 'start' : 'end'}
          fontSize={11}
          stroke="var(--card)"
          strokeWidth={3}
          paintOrder="stroke"
          className={side === 'left' ? 'fill-dim' : 'fill-current'}
        >
          {label}
        </text>
      )}
    </g>
  );
}

/** The quiet lines behind a chart: its floor, its middle and its end, and how long the phone app waits when that is in range. */
export function PlotLines({ ceilingMs }: { readonly ceilingMs: DurationMs }) {
  const showsPatience = ceilingMs >= PATIENCE_MS;
  return (
    <>
      <LevelLine ms={0} label="" className="text-hair" />
      {showsPatience ? null : <LevelLine ms={ceilingMs / 2} label={latencyText(ceilingMs / 2)} className="text-hair" />}
      <LevelLine ms={ceilingMs} label={latencyText(ceilingMs)} className="text-hair" />
      {showsPatience ? (
        <LevelLine ms={PATIENCE_MS} label="your app waits 1.0 s" className="text-degraded" side="right" />
      ) : null}
    </>
  );
}
