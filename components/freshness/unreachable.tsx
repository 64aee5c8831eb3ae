'use client';

import { lazy, Suspense } from 'react';
import { Card } from '#components/ui/card.tsx';
import type { RequestFailure } from '#lib/client/request.ts';
import { Meaning } from './meaning.tsx';

const PairPhone = lazy(() => import('./pair-phone.tsx').then((chunk) => ({ default: chunk.PairPhone })));

/** How a phone that the Mac does not know is let in; asked for only where it is needed. */
export const Pairing = () => (
  <Suspense fallback={<div className="h-[330px] rounded-card bg-card" />}>
    <PairPhone />
  </Suspense>
);

/** What it means that the page gets no fresh data, and what to try; to a phone that is not paired, how it is let in. */
export function Unreachable({ failure }: { readonly failure: RequestFailure }) {
  if (failure.kind === 'unpaired') return <Pairing />;
  return (
    <Card className="appear">
      <Meaning failure={failure} />
    </Card>
  );
}
