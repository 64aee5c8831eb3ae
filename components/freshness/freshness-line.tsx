'use client';

import { type Age, tellAge } from '#lib/client/age.ts';
import type { KeptFeed } from '#lib/client/feed.ts';
import { useNow } from '#lib/client/now.ts';
import type { DurationMs } from '#lib/domain/time.ts';
import { Meaning } from './meaning.tsx';

type FreshnessProps = Pick<KeptFeed<unknown>, 'times' | 'trouble'> & {
  /** How often it is asked for. */
  readonly everyMs: DurationMs;
};

const MARKS: Readonly<Record<Age['state'], string>> = {
  live: 'rounded-full bg-ready',
  stale: 'rounded-full border-2 border-dim',
  unreachable: 'bg-degraded [clip-path:polygon(50%_4%,100%_96%,0_96%)]',
};

function Told({ age: { state, text } }: { readonly age: Age }) {
  return (
    <span className="flex min-w-[min(200px,100%)] flex-1 items-center gap-2 py-1">
      <span aria-hidden="true" className={`size-2.5 flex-none ${MARKS[state]}`} />
      <span className={state === 'unreachable' ? 'text-ink' : ''}>{text}</span>
    </span>
  );
}

/**
 * How old what is shown is: live, "12 min ago", or "Mac unreachable since 14:02, showing 13:58" with what that means one tap
 * away. Its place is the same in each, so that nothing below it moves. Only what is the matter is spoken, not the ticking age.
 */
export function FreshnessLine({ times, trouble, everyMs }: FreshnessProps) {
  const now = useNow();
  const age = times === null || now === 0 ? null : tellAge({ times, trouble, everyMs }, now);
  const isLost = age?.state === 'unreachable' && trouble !== null;
  return (
    <div className="text-note text-dim">
      <p role="status" className="sr-only">
        {isLost ? age.text.replace(/, showing .*/, '') : ''}
      </p>
      {isLost ? (
        <details>
          <summary className="flex min-h-11 touch-manipulation list-none flex-wrap items-center justify-between gap-x-3 px-1 select-none [&::-webkit-details-marker]:hidden">
            <Told age={age} />
            <span className="flex-none font-semibold text-accent">What to do</span>
          </summary>
          <div className="mb-2 rounded-card bg-card px-4 py-3.5 text-[17px] leading-[1.35] text-ink">
            <Meaning failure={trouble.failure} />
          </div>
        </details>
      ) : (
        <div className="flex min-h-11 items-center px-1">{age === null ? null : <Told age={age} />}</div>
      )}
    </div>
  );
}
