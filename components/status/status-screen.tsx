'use client';

import { lazy, Suspense, useEffect } from 'react';
import { Card } from '#components/ui/card.tsx';
import { useNow } from '#lib/client/now.ts';
import { type StatusFeed, useStatus } from '#lib/client/status-feed.ts';
import { freshnessOf } from '#lib/client/trouble.ts';
import { Announcer } from './announcer.tsx';
import { Glance } from './glance.tsx';
import { Ladder } from './ladder.tsx';
import { Notices } from './notices.tsx';
import { TrendsLater } from './trends-later.tsx';
import { Unreachable } from './unreachable.tsx';

const loadDiagnosis = () => import('./diagnosis.tsx').then((chunk) => ({ default: chunk.Diagnosis }));
const Diagnosis = lazy(loadDiagnosis);
const CheckNow = lazy(() => import('./check-now.tsx').then((chunk) => ({ default: chunk.CheckNow })));

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
      {part === 'trouble' ? (
        <Suspense>
          <Diagnosis picture={picture} />
        </Suspense>
      ) : null}
    </>
  );
}

/** The glance: can I review, if not why not, and how has it been. */
export function StatusScreen() {
  const feed = useStatus();
  const part = partOf(feed, useFreshness(feed));
  useEffect(() => {
    void loadDiagnosis();
  }, []);
  return (
    <>
      <div className="flex min-w-0 flex-col gap-3">
        <Glance {...feed} />
        <Card className="py-1.5!">
          <Ladder picture={feed.picture} />
          <div className="border-t border-hair">
            <Suspense fallback={<div className="h-12" />}>
              {feed.picture === null ? <div className="h-12" /> : <CheckNow />}
            </Suspense>
          </div>
        </Card>
        <Announcer status={feed.picture?.status ?? null} />
        <Below key={part} part={part} {...feed} />
      </div>
      <div className="flex min-w-0 flex-col gap-3 lg:pt-3">
        <TrendsLater key={part} shown={part !== 'nothing'} />
      </div>
    </>
  );
}
