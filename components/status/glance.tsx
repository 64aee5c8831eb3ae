'use client';

import { type Glance as GlanceLines, glanceOf } from '#lib/client/glance.ts';
import { useNow } from '#lib/client/now.ts';
import type { StatusFeed } from '#lib/client/status-feed.ts';
import { type Told, tellTrouble } from '#lib/client/trouble.ts';

const ASKING = { level: 'loading', word: 'Checking…', headline: 'Asking the Mac.', since: '', checked: '' } as const;

type Shown = Pick<GlanceLines, 'word' | 'headline' | 'since' | 'checked'> & {
  readonly level: GlanceLines['level'] | 'loading';
};

function shownOf({ picture, trouble }: StatusFeed, now: number): Shown {
  const told: Told | null = trouble === null ? null : tellTrouble(trouble, picture, now);
  if (picture === null) return told === null ? ASKING : { ...ASKING, level: 'no-data', ...told };
  const glance = glanceOf(picture, now);
  return told === null || glance.freshness === 'live' ? glance : { ...glance, ...told };
}

/**
 * The few lines read from arm's length. The first-paint script writes into the same elements before React is there, hence the ids
 * and the suppressed warnings; the height is that of the longest answer, so that nothing below moves.
 */
export function Glance(feed: StatusFeed) {
  const now = useNow();
  const { level, word, headline, since, checked } = shownOf(feed, now);
  return (
    <header className="wears-off min-h-[174px] px-1 pt-1.5 lg:min-h-[182px]">
      <h1
        id="glance"
        data-level={level}
        suppressHydrationWarning
        className="flex items-center gap-3.5 text-[clamp(26px,13.3vw,44px)] leading-[1.1] font-bold tracking-[-0.02em] lg:text-[52px]"
      >
        <span className="level-mark text-[0.59em]" />
        <span id="glance-word" suppressHydrationWarning>
          {word}
        </span>
      </h1>
      <p
        id="glance-headline"
        suppressHydrationWarning
        className="mt-2 line-clamp-2 text-[20px] max-[22.5rem]:line-clamp-none leading-[1.3] font-semibold tracking-[-0.01em]"
      >
        {headline}
      </p>
      {/* New lines for a new headline: it may be longer, and what moves is replaced instead of pushed. */}
      <div key={headline} className="mt-1.5 text-dim">
        <p id="glance-since" suppressHydrationWarning>
          {since}
        </p>
        <p id="glance-checked" suppressHydrationWarning>
          {checked}
        </p>
      </div>
    </header>
  );
}
