'use client';

import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { CardHost, type CardState } from '#lib/client/card-host/card-host.ts';
import type { Shown } from '#lib/client/review/session.ts';
import type { FrameMedia, FromFrame } from '#lib/contract/card-frame.ts';
import { plainText } from '#lib/domain/review/html-text.ts';

type CardFrameProps = {
  readonly card: Shown;
  /** The card's files by name; null until they are known, and the card waits for that. The same object for the same card. */
  readonly media: Readonly<Record<string, FrameMedia>> | null;
  readonly night: boolean;
  readonly mayType: boolean;
  /** The owner let the scripts of this note type run. */
  readonly scripts: boolean;
  /** The owner lets this deck show pictures from other servers. */
  readonly remoteImages: boolean;
  /** A press on nothing that does something: it may turn the card over. */
  readonly onTap: () => void;
  readonly onPlay: (side: Shown['side'], index: number) => void;
  /** The card asks for a link to be opened; nothing was opened. */
  readonly onLink: (href: string) => void;
  readonly onTyped?: (field: string, text: string) => void;
};

/** A card as Anki shows it, in a frame that cannot reach this page. It fills what it is in, and scrolls inside. */
export function CardFrame({ card: shown, media, night, mayType, scripts, remoteImages, ...on }: CardFrameProps) {
  const room = useRef<HTMLDivElement>(null);
  const host = useRef<CardHost | null>(null);
  const [state, setState] = useState<CardState>({ kind: 'loading' });
  const { card, turn, side } = shown;

  const said = useEffectEvent((message: FromFrame) => {
    if (message.type === 'tap') on.onTap();
    if (message.type === 'play') on.onPlay(message.side, message.index);
    if (message.type === 'link') on.onLink(message.href);
    if (message.type === 'typed') on.onTyped?.(message.field, message.text);
  });
  useEffect(() => {
    if (room.current === null) return;
    host.current = new CardHost(room.current, { said, state: setState });
    return () => host.current?.close();
  }, []);
  useEffect(() => {
    if (media === null) return;
    const { question, answer, ordinal, typed, languages } = card;
    const content = { question, answer, ordinal, typed: [...typed], languages, media };
    host.current?.show({ type: 'card', turn, side, night, mayType, scripts, remoteImages, ...content });
  }, [card, turn, side, media, night, mayType, scripts, remoteImages]);

  const isFailed = state.kind === 'failed' && state.turn === turn;
  const isShown = state.kind === 'shown' && state.turn === turn && state.side === side;
  return (
    <div
      data-card-frame={isFailed ? 'failed' : isShown ? 'shown' : 'loading'}
      data-turn={turn}
      data-side={side}
      className="flex min-h-0 flex-1 flex-col bg-card"
    >
      <div ref={room} hidden={isFailed} className="min-h-0 flex-1 [&>iframe]:block [&>iframe]:size-full" />
      {isShown && state.scriptsStopped ? <ScriptsStopped /> : null}
      {isFailed ? <CardText html={card[side]} /> : null}
    </div>
  );
}

function ScriptsStopped() {
  return (
    <p role="status" className="border-hair border-t px-4 py-2 text-note text-dim">
      This card’s own script got stuck, so the card is shown without it.
    </p>
  );
}

const MARKS = /\[anki:play:[qa]:\d+\]|\[\[type:[^\]]*\]\]/g;

/** A card of which only the words can be shown. */
function CardText({ html }: { readonly html: string }) {
  return (
    <div className="flex-1 overflow-y-auto p-5">
      <p role="status" className="text-note text-dim">
        This card could not be drawn. These are its words.
      </p>
      <p className="mt-3 text-[20px] whitespace-pre-wrap">{plainText(html.replace(MARKS, ''))}</p>
    </div>
  );
}
