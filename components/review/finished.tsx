'use client';

import { useState } from 'react';
import { durationText } from '#lib/client/duration-text.ts';
import type { ReviewSession } from '#lib/client/review/session.ts';
import { some } from '#lib/client/review/words.ts';
import { LookAgain } from './look-again.tsx';

type FinishedProps = Pick<ReviewSession, 'source' | 'progress' | 'counts' | 'waiting' | 'startedAt' | 'refresh'> & {
  /** The weeks behind. */
  readonly children: React.ReactNode;
};

type Told = Pick<FinishedProps, 'source' | 'progress' | 'counts' | 'waiting'>;

function titleOf({ source, progress }: Told): string {
  if (source === 'offline') return 'No more cards on this phone';
  return progress.done === 0 ? 'Nothing is due' : 'Done for now';
}

/** What is still to come, as far as it is known. */
function rest({ source, counts, waiting }: Told): string | null {
  const isOffline = source === 'offline';
  const sending =
    waiting === 0 ? null : `${some(waiting, 'grade')} will be sent${isOffline ? ' when the Mac answers' : ''}.`;
  const more = isOffline ? 'More cards come with the Mac.' : null;
  const learning =
    !isOffline && counts !== null && counts.learning > 0
      ? `${some(counts.learning, 'card')} in learning come${counts.learning === 1 ? 's' : ''} again today.`
      : null;
  const news = !isOffline && counts !== null && counts.new > 0 ? `${some(counts.new, 'new card')} wait in Anki.` : null;
  return [sending, learning, news, more].filter((part) => part !== null).join(' ') || null;
}

/** Nothing is left to review: what was done, how long it took, and what comes next. */
export function Finished({ startedAt, refresh, children, ...told }: FinishedProps) {
  const [endedAt] = useState(Date.now);
  const { done } = told.progress;
  const remaining = rest(told);
  return (
    <div className="appear mx-auto flex w-full max-w-[520px] flex-col gap-3 pb-4">
      <div className="px-1 pt-6 pb-2 text-center">
        <h2 className="text-[28px] leading-tight font-bold tracking-[-0.02em]">{titleOf(told)}</h2>
        {done === 0 || startedAt === null ? null : (
          <p className="mt-1.5 text-[17px]">
            {some(done, 'card')} in {durationText(endedAt - startedAt)}
          </p>
        )}
        {remaining === null ? null : <p className="mt-1.5 text-[15px] text-dim">{remaining}</p>}
      </div>
      {children}
      <LookAgain refresh={refresh} />
    </div>
  );
}
