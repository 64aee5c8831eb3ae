'use client';

import { useEffect } from 'react';
import { Card } from '#components/ui/card.tsx';
import { useNow } from '#lib/client/now.ts';
import { type StatusFeed, useStatus } from '#lib/client/status-feed.ts';
import { freshnessOf } from '#lib/client/trouble.ts';
import { Announcer } from './announcer.tsx';
import { Glance } from './glance.tsx';
import { Ladder } from './ladder.tsx';
import { useLater } from './later.ts';
import { Unreachable } from './unreachable.tsx';

/** Tells the style sheet how fresh the screen is, as the first-paint script did before. */
function useFreshness(feed: StatusFeed): ReturnType<typeof freshnessOf> {
  const freshness = freshnessOf(feed, useNow());
  useEffect(() => {
    document.documentElement.dataset['freshness'] = freshness;
  }, [freshness]);
  useEffect(
    () => () => {
      delete document.documentElement.dataset['freshness'];
    },
    [],
  );
  return freshness;
}

type Part = 'nothing' | 'unreachable' | 'trouble' | 'calm';

/** Which part stands below the ladder. Each is another one, so it is replaced as a whole instead of pushed about. */
function partOf({ picture, trouble }: StatusFeed, freshness: ReturnType<typeof freshnessOf>): Part {
  if (freshness === 'unreachable') return 'unreachable';
  if (picture === null) return trouble === null ? 'nothing' : 'unreachable';
  return picture.status.level === 'degraded' || picture.status.level === 'down' ? 'trouble' : 'calm';
}

/** The glance: can I review, if not why not, and how has it been. */
export function StatusScreen() {
  const feed = useStatus();
  const part = partOf(feed, useFreshness(feed));
  const later = useLater();
  const { picture, trouble } = feed;
  const current = part === 'unreachable' ? null : picture;
  return (
    <>
      <div className="flex min-w-0 flex-col gap-3">
        <Glance {...feed} />
        <Card className="py-1.5!">
          <Ladder picture={picture} />
          <div className="min-h-12 border-t border-hair">
            {later === null || picture === null ? null : <later.CheckNow />}
          </div>
        </Card>
        <Announcer status={picture?.status ?? null} />
      </div>
      <div className="flex min-w-0 flex-col gap-3 lg:pt-3">
        {part === 'unreachable' && trouble !== null ? <Unreachable failure={trouble.failure} /> : null}
        {later === null || current === null ? null : (
          <later.Explanation key={`explanation ${part}`} picture={current} isTrouble={part === 'trouble'} />
        )}
        {later === null || part === 'nothing' ? null : <later.Trends key={`trends ${part}`} />}
      </div>
    </>
  );
}
