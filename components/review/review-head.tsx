'use client';

import type { ReviewSession } from '#lib/client/review/session.ts';
import { deckLeaf } from '#lib/client/review/words.ts';
import { CountsLine } from './counts-line.tsx';

type ReviewHeadProps = Pick<ReviewSession, 'deck' | 'gateway' | 'source' | 'counts' | 'shown'> & {
  readonly onDecks: () => void;
  readonly onSettings: () => void;
};

/** Which deck it is; leads to the others where the gateway knows of any. */
function DeckName({
  deck,
  gateway,
  source,
  onDecks,
}: Pick<ReviewHeadProps, 'deck' | 'gateway' | 'source' | 'onDecks'>) {
  const name = deck === null ? 'All decks' : deckLeaf(deck);
  if (source === 'offline' || gateway?.abilities.decks !== true) {
    return deck === null ? <span /> : <p className="min-w-0 truncate font-semibold">{name}</p>;
  }
  return (
    <button
      type="button"
      aria-haspopup="dialog"
      onClick={onDecks}
      className="-ml-2 flex min-h-11 min-w-0 touch-manipulation items-center gap-1.5 rounded-[10px] px-2 font-semibold text-accent active:opacity-70"
    >
      <span className="sr-only">Deck: </span>
      <span className="truncate">{name}</span>
      <span aria-hidden="true" className="text-[13px]">
        ▾
      </span>
    </button>
  );
}

function SettingsButton({ onOpen }: { readonly onOpen: () => void }) {
  return (
    <button
      type="button"
      aria-haspopup="dialog"
      aria-label="Review settings"
      onClick={onOpen}
      className="-mr-2.5 grid size-11 flex-none touch-manipulation place-items-center rounded-[10px] text-dim active:opacity-70"
    >
      <svg
        viewBox="0 0 24 24"
        aria-hidden="true"
        className="size-[22px] fill-none stroke-current stroke-[1.8] [stroke-linecap:round]"
      >
        <path d="M4 7h9M19 7h1M4 17h1M11 17h9" />
        <circle cx="16" cy="7" r="2.6" />
        <circle cx="8" cy="17" r="2.6" />
      </svg>
    </button>
  );
}

/** The deck and what is left of it. */
export function ReviewHead({ counts, shown, onSettings, ...deck }: ReviewHeadProps) {
  return (
    <header className="flex min-h-11 flex-none items-center gap-3 px-1">
      <div className="flex min-w-0 flex-1">
        <DeckName {...deck} />
      </div>
      {counts === null ? null : <CountsLine counts={counts} current={shown?.card.queue ?? null} />}
      <SettingsButton onOpen={onSettings} />
    </header>
  );
}
