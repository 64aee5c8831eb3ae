'use client';

import { useEffect, useState } from 'react';
import type { ReviewSession, Shown } from '#lib/client/review/session.ts';
import { useSettings } from '#lib/client/review/settings.ts';
import type { FrameMedia } from '#lib/contract/card-frame.ts';
import { CardFrame } from './card-frame.tsx';
import { isOpenable, LinkSheet } from './link-sheet.tsx';
import { useNight } from './night.ts';

type Files = Readonly<Record<string, FrameMedia>>;
const NO_FILES: Files = {};

/** The files of the card on the screen; null until it is known where they are. */
function useFiles(shown: Shown, media: ReviewSession['media']): Files | null {
  const [found, setFound] = useState<{ readonly turn: number; readonly files: Files } | null>(null);
  const { turn, card } = shown;
  useEffect(() => {
    let isOver = false;
    const keep = (files: Files) => {
      if (!isOver) setFound({ turn, files });
    };
    media(card).then(keep, () => keep(NO_FILES));
    return () => {
      isOver = true;
    };
  }, [turn, card, media]);
  if (card.media.length === 0) return NO_FILES;
  return found?.turn === turn ? found.files : null;
}

type CardPlaceProps = Pick<ReviewSession, 'media' | 'reveal'> & {
  readonly shown: Shown;
  readonly onPlay: (side: Shown['side'], index: number) => void;
};

/** The card, in all the space there is. A tap on it shows the answer; it can do nothing else here. */
export function CardPlace({ shown, media, reveal, onPlay }: CardPlaceProps) {
  const files = useFiles(shown, media);
  const night = useNight();
  const settings = useSettings();
  const [link, setLink] = useState<string | null>(null);
  return (
    <section aria-label="Card" className="flex min-h-[min(180px,25svh)] flex-[1_1_0px]">
      <CardFrame
        card={shown}
        media={files}
        night={night}
        mayType={settings.mayType}
        scripts={settings.scriptedNoteTypes.includes(shown.card.noteType)}
        remoteImages={shown.card.deck !== null && settings.remoteImageDecks.includes(shown.card.deck)}
        onTap={reveal}
        onPlay={onPlay}
        onLink={(href) => {
          if (isOpenable(href)) setLink(href);
        }}
      />
      {link === null ? null : <LinkSheet href={link} onClose={() => setLink(null)} />}
    </section>
  );
}
