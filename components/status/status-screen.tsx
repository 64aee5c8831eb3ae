'use client';

import { useEffect } from 'react';
import { useNow } from '#lib/client/now.ts';
import { type StatusFeed, useStatus } from '#lib/client/status-feed.ts';
import { freshnessOf } from '#lib/client/trouble.ts';
import { Announcer } from './announcer.tsx';
import { CheckNow } from './check-now.tsx';
import { Diagnosis } from './diagnosis.tsx';
import { Glance } from './glance.tsx';
import { Ladder } from './ladder.tsx';
import { Notices } from './notices.tsx';
import { Trends } from './trends.tsx';
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

function Below({ part, picture, trouble }: StatusFeed & { readonly part: Part }) {
  if (part === 'unreachable') return trouble === null ? null : <Unreachable failure={trouble.failure} />;
  if (picture === null) return null;
  return (
    <>
      <Notices status={picture.status} />
      {part === 'trouble' ? <Diagnosis picture={picture} /> : null}
      <CheckNow />
    </>
  );
}

/** The glance: can I review, if not why not, and how has it been. */
export function StatusScreen() {
  const feed = useStatus();
  const part = partOf(feed, useFreshness(feed));
  return (
    <>
      <div className="space-y-3">
        <Glance {...feed} />
        <Ladder picture={feed.picture} />
        <Announcer status={feed.picture?.status ?? null} />
        <Below key={part} part={part} {...feed} />
      </div>
      <div className="space-y-3 lg:pt-5">{part === 'nothing' ? null : <Trends key={part} />}</div>
    </>
  );
}
