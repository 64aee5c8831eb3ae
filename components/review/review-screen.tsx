'use client';

import { useEffect, useState } from 'react';
import { occupy } from '#lib/client/occupied.ts';
import { type ReadAloud, useReadAloud } from '#lib/client/review/read-aloud.ts';
import type { ReviewSession } from '#lib/client/review/session.ts';
import { useReview } from '#lib/client/review/use-review.ts';
import { type StatusFeed, useStatus } from '#lib/client/status-feed.ts';
import { ReviewAnnouncer } from './announcer.tsx';
import { Finished } from './finished.tsx';
import { focusOnward, isFocusLost } from './focus-onward.ts';
import { GatewayLine } from './gateway-line.tsx';
import { Heatmap } from './heatmap.tsx';
import { useKeys } from './keys.ts';
import { Nothing } from './nothing.tsx';
import { ReadButton, SoundNotice } from './read-aloud.tsx';
import { ReviewCard } from './review-card.tsx';
import { ReviewFoot } from './review-foot.tsx';
import { ReviewHead } from './review-head.tsx';
import { ReviewLines } from './review-lines.tsx';
import { type ReviewSheet, ReviewSheets } from './review-sheets.tsx';
import { ReviewSkeleton } from './review-skeleton.tsx';
import { useServerBack } from './server-back.ts';
import { type Pressing, useTick } from './tick.ts';

type BodyProps = {
  readonly session: ReviewSession;
  readonly feed: StatusFeed;
  readonly sound: ReadAloud;
  readonly pressing: Pressing;
};

function Body({ session, feed, sound, pressing }: BodyProps) {
  const { phase, shown } = session;
  if (phase === 'nothing') return <Nothing {...session} failure={feed.trouble?.failure ?? null} />;
  if (phase === 'finished') {
    return (
      <Finished {...session}>
        <Heatmap isDirect={session.source === 'anki-connect'} />
      </Finished>
    );
  }
  if (shown === null) return <ReviewSkeleton />;
  return <ReviewCard session={session} shown={shown} sound={sound} pressing={pressing} />;
}

/** A sheet that closes gives the focus back to what opened it. Where that has gone meanwhile, it goes to the next press. */
function useFocusAfter(sheet: ReviewSheet | null) {
  useEffect(() => {
    if (sheet === null) return;
    return () => {
      if (isFocusLost()) focusOnward(document);
    };
  }, [sheet]);
}

/** While there is a card, or a grade that can be taken back without a trace, the page is not replaced by a newer build. */
function useOccupied({ phase, undoable }: ReviewSession) {
  const isMidway = phase === 'card' || undoable?.isHeld === true;
  useEffect(() => (isMidway ? occupy() : undefined), [isMidway]);
}

/** Review in the browser: the card, and all that can be done with it. */
export function ReviewScreen() {
  const session = useReview();
  const pressing = useTick(session);
  const sound = useReadAloud(session);
  const feed = useStatus();
  const [sheet, setSheet] = useState<ReviewSheet | null>(null);
  useFocusAfter(sheet);
  useOccupied(session);
  const level = feed.trouble === null ? (feed.picture?.status.level ?? null) : null;
  const serverBack = useServerBack({ ...session, level });
  useKeys({ ...session, grade: pressing.press, replay: sound.replay });
  return (
    <>
      <ReviewHead {...session} onDecks={() => setSheet('decks')} onSettings={() => setSheet('settings')} />
      {session.phase === 'nothing' ? null : <GatewayLine {...session} level={level} isAside={sound.notice !== null} />}
      <SoundNotice sound={sound} />
      <ReviewLines
        {...session}
        serverBack={serverBack}
        onHint={() => setSheet('hint')}
        onProblems={() => setSheet('problems')}
      />
      <div className="mt-2 flex flex-[1_1_auto] flex-col gap-2">
        <Body session={session} feed={feed} sound={sound} pressing={pressing} />
      </div>
      {session.phase === 'loading' && session.progress.done === 0 ? (
        <div className="min-h-11" />
      ) : (
        <ReviewFoot {...session} onOpen={() => setSheet('progress')}>
          {session.shown === null ? null : <ReadButton sound={sound} />}
        </ReviewFoot>
      )}
      <ReviewAnnouncer shown={session.shown} />
      <ReviewSheets sheet={sheet} session={session} onClose={() => setSheet(null)} />
    </>
  );
}
