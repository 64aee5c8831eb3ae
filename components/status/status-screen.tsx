'use client';

import { lazy, Suspense, useEffect, useState } from 'react';
import { Card } from '#components/ui/card.tsx';
import type { Picture } from '#lib/client/glance.ts';
import { useNow } from '#lib/client/now.ts';
import { type StatusFeed, useStatus } from '#lib/client/status-feed.ts';
import { freshnessOf } from '#lib/client/trouble.ts';
import { Announcer } from './announcer.tsx';
import { Glance } from './glance.tsx';
import { Ladder } from './ladder.tsx';
import { Notices } from './notices.tsx';
import { TrendsLater } from './trends-later.tsx';
import { Unreachable } from './unreachable.tsx';

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

type DiagnosisCard = (props: { readonly picture: Picture }) => React.ReactNode;

/** The diagnosis arrives in a chunk of its own, asked for when the words are painted; null until then. */
function useDiagnosisCard(): DiagnosisCard | null {
  const [card, setCard] = useState<DiagnosisCard | null>(null);
  useEffect(() => {
    import('./diagnosis.tsx').then(
      ({ Diagnosis }) => setCard(() => Diagnosis),
      () => undefined, // The Mac has just gone; the screen says so, and a reload asks again.
    );
  }, []);
  return card;
}

function Below({ part, picture, trouble, card: Diagnosis }: StatusFeed & { part: Part; card: DiagnosisCard | null }) {
  if (part === 'unreachable') return trouble === null ? null : <Unreachable failure={trouble.failure} />;
  if (picture === null) return null;
  return (
    <>
      <Notices status={picture.status} />
      {part === 'trouble' && Diagnosis !== null ? <Diagnosis picture={picture} /> : null}
    </>
  );
}

/** The glance: can I review, if not why not, and how has it been. */
export function StatusScreen() {
  const feed = useStatus();
  const part = partOf(feed, useFreshness(feed));
  const card = useDiagnosisCard();
  // What stands above the trends comes first, or it would push them away.
  const complete = part === 'trouble' ? card !== null : part !== 'nothing';
  return (
    <>
      <div className="flex min-w-0 flex-col gap-3">
        <Glance {...feed} />
        <Card className="py-1.5!">
          <Ladder picture={feed.picture} />
          <div className="min-h-12 border-t border-hair">
            {feed.picture === null ? null : (
              <Suspense>
                <CheckNow />
              </Suspense>
            )}
          </div>
        </Card>
        <Announcer status={feed.picture?.status ?? null} />
        <Below key={part} part={part} card={card} {...feed} />
      </div>
      <div className="flex min-w-0 flex-col gap-3 lg:pt-3">
        <TrendsLater key={part} shown={complete} />
      </div>
    </>
  );
}
