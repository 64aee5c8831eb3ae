'use client';

import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import type { ReviewSession } from '#lib/client/review/session.ts';

/** An answer that comes at once is an answer too, once it was seen that there was a question. */
const SEEN_MS = 500;

type LookAgainProps = Pick<ReviewSession, 'refresh'> & { readonly primary?: boolean };

/** Asks the Mac for cards, and says so while it does and when there still is none. */
export function LookAgain({ refresh, primary = false }: LookAgainProps) {
  const [state, setState] = useState<'idle' | 'looking' | 'looked'>('idle');
  const look = async () => {
    setState('looking');
    await Promise.all([refresh(), new Promise((resolve) => setTimeout(resolve, SEEN_MS))]);
    setState('looked');
  };
  const isLooking = state === 'looking';
  return (
    <div data-look>
      <Button primary={primary} busy={isLooking} onClick={() => void look()} className={primary ? '' : 'bg-card!'}>
        {isLooking ? 'Looking…' : 'Look again'}
      </Button>
      <p role="status" className="mt-2 min-h-5 text-center text-note text-dim">
        {isLooking ? <span className="sr-only">Looking.</span> : null}
        {state === 'looked' ? 'Looked again: still no card.' : ''}
      </p>
    </div>
  );
}
