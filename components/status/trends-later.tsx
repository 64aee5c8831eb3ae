'use client';

import { lazy, Suspense, useEffect } from 'react';
import { TrendSpaces } from './trend-spaces.tsx';

const load = () => import('./trends.tsx').then(({ Trends }) => ({ default: Trends }));
const Trends = lazy(load);

/** The last 24 hours, in chunks of their own: asked for when the words are painted, shown when the status is known. */
export function TrendsLater({ shown }: { readonly shown: boolean }) {
  useEffect(() => {
    void load();
    void import('#components/chart/latency-chart.tsx');
  }, []);
  if (!shown) return null;
  return (
    <Suspense fallback={<TrendSpaces />}>
      <Trends />
    </Suspense>
  );
}
