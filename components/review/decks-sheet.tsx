'use client';

import { useEffect, useRef, useState } from 'react';
import { Card } from '#components/ui/card.tsx';
import { FailureCard } from '#components/ui/failure-card.tsx';
import { Sheet } from '#components/ui/sheet.tsx';
import { useDecks } from '#lib/client/review/decks.ts';
import { type DeckRow, deckRows, moveInTree, totalOf } from '#lib/client/review/decks-tree.ts';
import { countsSentence } from '#lib/client/review/words.ts';
import { type Counts, QUEUES, type Queue } from '#lib/domain/review/card.ts';
import type { Deck } from '#lib/domain/review/gateway.ts';

const COLOURS: Readonly<Record<Queue, string>> = { new: 'text-accent', learning: 'text-down', review: 'text-ready' };

/** In Anki's colours and order; what is none is told in grey. */
function DeckCounts({ counts }: { readonly counts: Counts }) {
  return (
    <span className="relative grid flex-none grid-cols-[2.4em_2.4em_2.8em] text-right text-[15px] font-semibold">
      <span className="sr-only">, {countsSentence(counts, null)}</span>
      {QUEUES.map((queue) => (
        <span key={queue} aria-hidden="true" className={counts[queue] === 0 ? 'font-normal text-dim' : COLOURS[queue]}>
          {counts[queue]}
        </span>
      ))}
    </span>
  );
}

function Chevron({ isOpen }: { readonly isOpen: boolean }) {
  return (
    <svg
      viewBox="0 0 12 12"
      aria-hidden="true"
      className={`size-3 flex-none fill-none stroke-current stroke-2 [stroke-linecap:round] [stroke-linejoin:round] ${isOpen ? 'rotate-90' : ''}`}
    >
      <path d="m4 1.5 4.5 4.5L4 10.5" />
    </svg>
  );
}

type LineProps = {
  readonly row: DeckRow;
  readonly isChosen: boolean;
  /** Whether the Tab key leads here. */
  readonly isEntry: boolean;
  readonly onChoose: () => void;
  readonly onToggle: () => void;
};

/** One deck. The arrow keys of the tree open and close it, so its chevron is for fingers only. */
function DeckLine({ row, isChosen, isEntry, onChoose, onToggle }: LineProps) {
  return (
    <div
      role="treeitem"
      data-deck={row.name}
      aria-level={row.level}
      aria-expanded={row.isOpen ?? undefined}
      aria-selected={isChosen}
      tabIndex={isEntry ? 0 : -1}
      onClick={onChoose}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== ' ') return;
        event.preventDefault();
        onChoose();
      }}
      style={{ paddingLeft: `${(row.level - 1) * 18}px` }}
      className="flex min-h-[50px] cursor-pointer touch-manipulation items-center border-t border-hair select-none first:border-0 active:opacity-70"
    >
      {row.isOpen === null ? (
        <span className="w-8 flex-none" />
      ) : (
        <button
          type="button"
          tabIndex={-1}
          aria-hidden="true"
          onClick={(event) => {
            event.stopPropagation();
            onToggle();
          }}
          className="-ml-2 grid h-11 w-10 flex-none place-items-center text-dim"
        >
          <Chevron isOpen={row.isOpen} />
        </button>
      )}
      <span className={`min-w-0 flex-1 py-2 pr-2 break-words ${isChosen ? 'font-semibold text-accent' : ''}`}>
        {row.label}
        {isChosen ? <span aria-hidden="true"> ✓</span> : null}
      </span>
      <DeckCounts counts={row.counts} />
    </div>
  );
}

type TreeProps = {
  readonly rows: readonly DeckRow[];
  readonly chosen: string | null;
  readonly onChoose: (deck: string) => void;
  readonly onToggle: (deck: string) => void;
};

/** The tree with its keys: arrows, Home, End; Enter chooses. */
function Tree({ rows, chosen, onChoose, onToggle }: TreeProps) {
  const tree = useRef<HTMLDivElement>(null);
  const [focused, setFocused] = useState<string | null>(chosen);
  const entry = rows.find(({ name }) => name === focused)?.name ?? rows[0]?.name;
  const onKeyDown = (event: React.KeyboardEvent) => {
    const move = entry === undefined ? null : moveInTree(rows, entry, event.key);
    if (move === null) return;
    event.preventDefault();
    if (move.kind === 'toggle') return onToggle(move.name);
    setFocused(move.name);
    tree.current?.querySelector<HTMLElement>(`[data-deck="${CSS.escape(move.name)}"]`)?.focus();
  };
  return (
    <div ref={tree} role="tree" aria-label="Decks" tabIndex={-1} onKeyDown={onKeyDown}>
      {rows.map((row) => (
        <DeckLine
          key={row.name}
          row={row}
          isChosen={row.name === chosen}
          isEntry={row.name === entry}
          onChoose={() => onChoose(row.name)}
          onToggle={() => onToggle(row.name)}
        />
      ))}
    </div>
  );
}

/** Decks that were closed here stay closed while the app is open. */
let keptClosed: ReadonlySet<string> = new Set();

function toggled(names: ReadonlySet<string>, name: string): Set<string> {
  const changed = new Set(names);
  if (!changed.delete(name)) changed.add(name);
  return changed;
}

type ChoiceProps = {
  /** Full name; null: every deck. */
  readonly chosen: string | null;
  readonly onChoose: (deck: string | null) => void;
};

function AllDecks({ decks, chosen, onChoose }: ChoiceProps & { readonly decks: readonly Deck[] }) {
  const counts = totalOf(decks);
  const isChosen = chosen === null;
  return (
    <button
      type="button"
      aria-pressed={isChosen}
      onClick={() => onChoose(null)}
      className="flex min-h-[54px] w-full touch-manipulation items-center justify-between gap-2 rounded-card bg-card px-4 text-left active:opacity-70"
    >
      <span className={isChosen ? 'font-semibold text-accent' : ''}>
        All decks
        {isChosen ? <span aria-hidden="true"> ✓</span> : null}
      </span>
      <DeckCounts counts={counts} />
    </button>
  );
}

function DeckTree({ decks, chosen, onChoose }: ChoiceProps & { readonly decks: readonly Deck[] }) {
  const [search, setSearch] = useState('');
  const [closed, setClosed] = useState(keptClosed);
  useEffect(() => {
    keptClosed = closed;
  }, [closed]);
  const rows = deckRows(decks, { closed, search });
  return (
    <>
      <input
        type="search"
        value={search}
        onChange={({ currentTarget }) => setSearch(currentTarget.value)}
        placeholder="Search decks"
        aria-label="Search decks"
        autoCapitalize="none"
        autoComplete="off"
        className="min-h-11 w-full rounded-[12px] bg-card px-4 text-[17px] placeholder:text-dim"
      />
      {search === '' ? <AllDecks decks={decks} chosen={chosen} onChoose={onChoose} /> : null}
      <Card className="py-1!">
        {rows.length === 0 ? <p className="py-3 text-dim">No deck is called so.</p> : null}
        <Tree rows={rows} chosen={chosen} onChoose={onChoose} onToggle={(name) => setClosed(toggled(closed, name))} />
      </Card>
      <p aria-live="polite" className="sr-only">
        {search === '' ? '' : `${rows.length} decks`}
      </p>
    </>
  );
}

function Body({ chosen, onChoose }: ChoiceProps) {
  const { data, failure, refresh } = useDecks();
  if (data !== undefined && data.decks.length > 0) {
    return <DeckTree decks={data.decks} chosen={chosen} onChoose={onChoose} />;
  }
  if (data !== undefined) return <p className="px-1 py-3 text-dim">Anki names no decks.</p>;
  if (failure !== null) return <FailureCard failure={failure} onRetry={refresh} />;
  return (
    <Card className="h-[320px]">
      <p className="text-dim">Asking Anki for its decks…</p>
    </Card>
  );
}

/** The choice of a deck, with what is due in each; closes with the choice. */
export function DecksSheet({ chosen, onChoose, onClose }: ChoiceProps & { readonly onClose: () => void }) {
  const body = useRef<HTMLDivElement>(null);
  const choose = (deck: string | null) => {
    onChoose(deck);
    // Closing the dialog itself gives the focus back to what opened it.
    body.current?.closest('dialog')?.close();
  };
  return (
    <Sheet title="Decks" onClose={onClose}>
      <div ref={body} className="contents">
        <Body chosen={chosen} onChoose={choose} />
      </div>
    </Sheet>
  );
}
