'use client';

import { Card } from '#components/ui/card.tsx';
import type { Trouble } from '#lib/client/feed.ts';
import { useNow } from '#lib/client/now.ts';
import { matterText } from '#lib/client/trouble.ts';
import { Meaning } from './meaning.tsx';
import { Pairing } from './unreachable.tsx';

type NoAnswerProps = { readonly trouble: Trouble; readonly refresh: () => void };

/** There is nothing to show: why, what that means, what to do. It goes on asking by itself. */
export function NoAnswer({ trouble, refresh }: NoAnswerProps) {
  const now = useNow();
  if (trouble.failure.kind === 'unpaired') return <Pairing />;
  return (
    <Card className="appear">
      <p role="alert" className="mb-3">
        <strong className="block font-semibold">{matterText(trouble, now)}.</strong>
        <span className="text-[15px] text-dim">Nothing of this is kept on this phone yet.</span>
      </p>
      <Meaning failure={trouble.failure} />
      <button type="button" onClick={refresh} className="mt-1 -mb-2 min-h-11 font-semibold text-accent">
        Try again
      </button>
    </Card>
  );
}
