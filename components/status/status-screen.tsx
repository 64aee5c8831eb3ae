'use client';

import { useEffect } from 'react';
import { Card } from '#components/ui/card.tsx';
import { useNow } from '#lib/client/now.ts';
import { type StatusFeed, useStatus } from '#lib/client/status-feed.ts';
import { freshnessOf } from '#lib/client/trouble.ts';
import { Glance } from './glance.tsx';
import { Ladder } from './ladder.tsx';
import { useLater } from './later.ts';

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

/** The glance: can I review, if not why not, and how has it been. */
export function StatusScreen() {
  const feed = useStatus();
  const freshness = useFreshness(feed);
  const later = useLater();
  const { picture } = feed;
  return (
    <>
      <div className="flex min-w-0 flex-col gap-3">
        <Glance {...feed} />
        {feed.trouble?.failure.kind === 'unpaired' ? null : (
          <Card className="py-1.5!">
            <Ladder picture={picture} later={later} />
            <div className="min-h-12 border-t border-hair">
              {later === null || picture === null ? null : <later.CheckNow />}
            </div>
          </Card>
        )}
        {later === null ? null : <later.Announcer status={picture?.status ?? null} />}
      </div>
      <div className="flex min-w-0 flex-col gap-3 lg:pt-3">
        {later === null ? null : <later.Below feed={feed} freshness={freshness} />}
      </div>
    </>
  );
}
