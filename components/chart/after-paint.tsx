'use client';

import { lazy, Suspense, useEffect, useState } from 'react';
import type { ChartProps } from './chart-props.ts';

const LatencyChart = lazy(() => import('./latency-chart.tsx').then((chunk) => ({ default: chunk.LatencyChart })));
const PhasesChart = lazy(() => import('./phases-chart.tsx').then((chunk) => ({ default: chunk.PhasesChart })));

/** True once the browser has painted what is there, so that charts never delay the words. */
function usePainted(): boolean {
  const [painted, setPainted] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setPainted(true));
    return () => clearTimeout(timer);
  }, []);
  return painted;
}

/** A chart of a fixed height that arrives in a chunk of its own; its place is there before it. */
export function ChartAfterPaint({ kind, ...props }: ChartProps & { readonly kind: 'latency' | 'phases' }) {
  const painted = usePainted();
  const Chart = kind === 'latency' ? LatencyChart : PhasesChart;
  const isEmpty = (props.history.latency.p50Ms ?? props.phone?.latency.p50Ms ?? null) === null;
  return (
    <div className="h-[150px] lg:h-[230px]">
      {isEmpty ? <p className="grid h-full place-items-center text-[15px] text-dim">{props.sentence}</p> : null}
      {painted && !isEmpty ? (
        <Suspense>
          <Chart {...props} />
        </Suspense>
      ) : null}
    </div>
  );
}
