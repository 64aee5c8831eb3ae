'use client';

import { useLayoutEffect, useRef } from 'react';
import type { ReadAloud } from '#lib/client/review/read-aloud.ts';
import type { ReviewSession, Shown } from '#lib/client/review/session.ts';
import { useSettings } from '#lib/client/review/settings.ts';
import { AnswerPanel } from './answer-panel.tsx';
import { AudioStrip } from './audio-player.tsx';
import { CardPlace } from './card-place.tsx';
import { focusOnward, isFocusLost } from './focus-onward.ts';
import { HandsFreeBar } from './read-aloud.tsx';
import type { Pressing } from './tick.ts';

/** Moves the focus on with the card, where it was here or nowhere. */
function useFocusOnward({ turn, side }: Shown) {
  const place = useRef<HTMLDivElement>(null);
  const seen = useRef({ turn, side });
  useLayoutEffect(() => {
    if (seen.current.turn === turn && seen.current.side === side) return;
    seen.current = { turn, side };
    const { current } = place;
    if (current !== null && (isFocusLost() || current.contains(document.activeElement))) focusOnward(current);
  }, [turn, side]);
  return place;
}

type ReviewCardProps = {
  readonly session: ReviewSession;
  readonly shown: Shown;
  readonly sound: ReadAloud;
  readonly pressing: Pressing;
};

/** One card and its answers. Nothing moves when the answer shows: where the button was, the card's own surface goes on. */
export function ReviewCard({ session, shown, sound, pressing }: ReviewCardProps) {
  const place = useFocusOnward(shown);
  const { handsFree } = useSettings();
  const { media, reveal, isDead } = session;
  // The page sees no tap on the card in its frame, so who listens for taps is told.
  const tap = () => {
    sound.unlock();
    sound.press();
    reveal();
  };
  return (
    <div ref={place} className="flex flex-[1_1_auto] flex-col gap-2">
      <div className="flex flex-[1_0_auto] flex-col overflow-hidden rounded-card bg-card">
        <CardPlace shown={shown} media={media} reveal={tap} onPlay={sound.playMark} />
        <div className={`flex-none p-2 ${shown.side === 'answer' ? 'invisible' : ''}`}>
          <button type="button" data-show aria-disabled={isDead} onClick={reveal} className="show-answer">
            Show answer
          </button>
        </div>
      </div>
      <AudioStrip sound={sound} card={shown.card} />
      {handsFree ? <HandsFreeBar sound={sound} /> : null}
      <AnswerPanel {...session} {...pressing} shown={shown} />
    </div>
  );
}
