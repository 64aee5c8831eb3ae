'use client';

import type { RequestFailure } from '#lib/client/request.ts';
import { Card } from './card.tsx';

type FailureProps = { readonly failure: RequestFailure; readonly onRetry: () => void };

/** There is nothing to show and why; another try is one tap away, and goes on by itself. */
export function FailureCard({ failure, onRetry }: FailureProps) {
  return (
    <Card className="appear">
      <h2 className="font-semibold">This could not be loaded</h2>
      <p role="alert" className="mt-1 text-[15px] text-dim">
        {failure.message}
      </p>
      <button type="button" onClick={onRetry} className="mt-1 -mb-2 min-h-11 font-semibold text-accent">
        Try again
      </button>
    </Card>
  );
}
