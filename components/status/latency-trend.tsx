'use client';

import { lazy, Suspense, useState } from 'react';
import type { ChartProps } from '#components/chart/chart-props.ts';
import { LatencyLine } from './latency-line.tsx';

const LatencyChart = lazy(() =>
  import('#components/chart/latency-chart.tsx').then((chunk) => ({ default: chunk.LatencyChart })),
);

/** The last day's latency in its place: a line at once; the chart that tells each figure once somebody touches it. */
export function LatencyTrend(props: ChartProps) {
  const [isTouched, setTouched] = useState(false);
  const line = <LatencyLine {...props} />;
  const isEmpty = props.history.latency.p50Ms === null;
  return (
    <div className="h-[150px] lg:h-[230px]" onPointerEnter={() => setTouched(true)}>
      {isEmpty ? <p className="grid h-full place-items-center text-[15px] text-dim">{props.sentence}</p> : null}
      {isEmpty || isTouched ? null : line}
      {isTouched && !isEmpty ? (
        <Suspense fallback={line}>
          <LatencyChart {...props} />
        </Suspense>
      ) : null}
    </div>
  );
}
