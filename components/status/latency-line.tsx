import type { ChartProps } from '#components/chart/chart-props.ts';
import { latencyPaths, PATH_SIZE } from '#lib/client/latency-paths.ts';
import { ceilingOf, type FailureMark, failureMarks, latencyPoints } from '#lib/client/latency-series.ts';
import { latencyText } from '#lib/client/latency-text.ts';
import { PATIENCE_MS } from '#lib/domain/probe.ts';
import type { DurationMs } from '#lib/domain/time.ts';

const percent = (share: number): string => `${Math.round(share * 10_000) / 100}%`;

type LevelProps = { readonly ms: DurationMs; readonly ceilingMs: DurationMs };

/** A quiet line behind the figures, with what it stands for. */
function Level({ ms, ceilingMs }: LevelProps) {
  const isPatience = ms === PATIENCE_MS;
  return (
    <div
      className={`absolute inset-x-0 border-t ${ms === 0 ? 'border-solid' : 'border-dashed'} ${isPatience ? 'border-degraded' : 'border-hair'}`}
      style={{ top: percent(1 - ms / ceilingMs) }}
    >
      {ms === 0 ? null : (
        <span
          className={`absolute bottom-0.5 bg-card px-px text-[11px] leading-[13px] ${isPatience ? 'right-0 text-degraded' : 'left-0 text-dim'}`}
        >
          {isPatience ? 'your app waits 1.0 s' : latencyText(ms)}
        </span>
      )}
    </div>
  );
}

const MARKS: Readonly<Record<FailureMark['kind'], string>> = {
  down: 'rounded-[2px] bg-down',
  degraded: 'bg-degraded [clip-path:polygon(50%_0,100%_100%,0_100%)]',
  single: 'rounded-[1.5px] border-[1.5px] border-down scale-75',
};

type FailuresProps = Pick<ChartProps, 'history'>;

/** Failures at their time: a tint behind the line, and a shape in the lane below it. */
function Failures({ history }: FailuresProps) {
  const share = (at: number) => (at - history.from) / (history.to - history.from);
  return failureMarks(history).map(({ kind, from, to }) => (
    <div
      key={from}
      className={`absolute inset-y-0 min-w-px ${kind === 'degraded' ? 'text-degraded' : 'text-down'}`}
      style={{ left: percent(share(from)), width: percent(share(to) - share(from)) }}
    >
      {kind === 'single' ? null : <div className="absolute inset-0 bg-current opacity-10" />}
      <div
        className="absolute -bottom-2.5 left-0 h-0.5 w-full rounded-full bg-current"
        hidden={kind === 'single' || share(to) - share(from) < 0.05}
      />
      <div className={`absolute -bottom-3.5 size-2 ${MARKS[kind]} ${share(from) > 0.95 ? 'right-0' : 'left-0'}`} />
    </div>
  ));
}

/**
 * Latency over time without the chart library, which takes a phone longer to start than all the rest of the screen: the median as
 * a line, p5 to p95 as a band, failures at their time. The same places as in the chart that a touch brings.
 */
export function LatencyLine({ history, sentence }: ChartProps) {
  const ceilingMs = ceilingOf(history.buckets);
  const points = latencyPoints(history, ceilingMs);
  const { line, band, dots } = latencyPaths(points, { ...history, ceilingMs });
  const levels = ceilingMs >= PATIENCE_MS ? [0, ceilingMs, PATIENCE_MS] : [0, ceilingMs / 2, ceilingMs];
  return (
    <div role="img" aria-label={sentence} className="relative h-full">
      <div className="absolute inset-x-px top-[18px] bottom-4">
        {levels.map((ms) => (
          <Level key={ms} ms={ms} ceilingMs={ceilingMs} />
        ))}
        <Failures history={history} />
        <svg
          viewBox={`0 0 ${PATH_SIZE} ${PATH_SIZE}`}
          preserveAspectRatio="none"
          aria-hidden="true"
          className="absolute inset-0 size-full overflow-visible text-accent"
        >
          <path d={band} className="fill-current opacity-[0.18]" />
          <path
            d={line}
            className="fill-none stroke-current [stroke-linejoin:round]"
            strokeWidth={2}
            vectorEffect="non-scaling-stroke"
          />
          {dots.map(({ x, y }) => (
            <path
              key={x}
              d={`M${x} ${y}h0.01`}
              className="stroke-current [stroke-linecap:round]"
              strokeWidth={4}
              vectorEffect="non-scaling-stroke"
            />
          ))}
        </svg>
      </div>
    </div>
  );
}
