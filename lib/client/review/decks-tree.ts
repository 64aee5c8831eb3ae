import type { Counts } from '#lib/domain/review/card.ts';
import type { Deck } from '#lib/domain/review/gateway.ts';

/** One deck as a line of the tree. */
export type DeckRow = {
  /** Full name, `A::B`. */
  readonly name: string;
  /** What is shown of it: the last part, or all that no deck above it shows. */
  readonly label: string;
  /** From 1. */
  readonly level: number;
  readonly counts: Counts;
  /** Null: no deck below it. */
  readonly isOpen: boolean | null;
};

export type DeckQuestion = {
  /** Full names of decks whose subdecks are hidden. */
  readonly closed: ReadonlySet<string>;
  /** Words that must all be in the full name, whatever their case and accents; empty: no search. */
  readonly search: string;
};

const SEPARATOR = '::';

const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** The name of the nearest deck above that there is; null for none. */
function parentOf(name: string, names: ReadonlySet<string>): string | null {
  const parts = name.split(SEPARATOR).slice(0, -1);
  for (let length = parts.length; length > 0; length -= 1) {
    const above = parts.slice(0, length).join(SEPARATOR);
    if (names.has(above)) return above;
  }
  return null;
}

/**
 * The lines of the tree in the order of their names, as Anki orders them: a deck before its subdecks. A search shows what it finds with
 * the decks above it, all open.
 */
export function deckRows(decks: readonly Deck[], { closed, search }: DeckQuestion): DeckRow[] {
  const sorted = decks.toSorted((one, other) => compareNames(one.name, other.name));
  const parents = parentsOf(sorted);
  const withSubdecks = new Set(parents.values());
  const isSearch = search.trim() !== '';
  const wanted = new Set(isSearch ? found(sorted, search).flatMap((name) => [name, ...aboveOf(name, parents)]) : []);
  const isShown = (name: string) =>
    isSearch ? wanted.has(name) : !aboveOf(name, parents).some((above) => closed.has(above));
  const rowOf = ({ name, counts }: Deck): DeckRow => {
    const above = aboveOf(name, parents);
    const label = above[0] === undefined ? name : name.slice(above[0].length + SEPARATOR.length);
    const isOpen = withSubdecks.has(name) ? isSearch || !closed.has(name) : null;
    return { name, label, level: above.length + 1, counts, isOpen };
  };
  return sorted.filter(({ name }) => isShown(name)).map(rowOf);
}

function compareNames(one: string, other: string): number {
  const [left, right] = [one.split(SEPARATOR), other.split(SEPARATOR)];
  for (const [index, part] of left.entries()) {
    const beside = right[index];
    if (beside === undefined) return 1;
    const order = part.localeCompare(beside, 'en', { numeric: true });
    if (order !== 0) return order;
  }
  return left.length - right.length;
}

function parentsOf(decks: readonly Deck[]): Map<string, string | null> {
  const names = new Set(decks.map(({ name }) => name));
  return new Map(decks.map(({ name }) => [name, parentOf(name, names)]));
}

function found(decks: readonly Deck[], search: string): string[] {
  const words = plain(search).split(/\s+/);
  return decks.filter(({ name }) => words.every((word) => plain(name).includes(word))).map(({ name }) => name);
}

/** The decks above one, the nearest first. */
function aboveOf(name: string, parents: ReadonlyMap<string, string | null>): string[] {
  const parent = parents.get(name) ?? null;
  return parent === null ? [] : [parent, ...aboveOf(parent, parents)];
}

/** What is due of all decks: the sum of those that no other deck counts. */
export function totalOf(decks: readonly Deck[]): Counts {
  const parents = parentsOf(decks);
  const tops = decks.filter(({ name }) => parents.get(name) === null);
  const sum = (queue: keyof Counts) => tops.reduce((all, { counts }) => all + counts[queue], 0);
  return { new: sum('new'), learning: sum('learning'), review: sum('review') };
}

/** What a key does in the tree: which line has the focus then, which deck is opened or closed. Null: nothing. */
export type TreeMove =
  | { readonly kind: 'focus'; readonly name: string }
  | { readonly kind: 'toggle'; readonly name: string }
  | null;

const JUMPS: Readonly<Record<string, (at: number, last: number) => number>> = {
  ArrowDown: (at, last) => Math.min(last, at + 1),
  ArrowUp: (at) => Math.max(0, at - 1),
  Home: () => 0,
  End: (_, last) => last,
};

/** The keys of a tree as the ARIA practices have them: arrows, Home, End; `name` has the focus. */
export function moveInTree(rows: readonly DeckRow[], name: string, key: string): TreeMove {
  const at = rows.findIndex((row) => row.name === name);
  const row = rows[at];
  if (row === undefined) return null;
  const jump = JUMPS[key];
  if (jump !== undefined) return focusOn(rows[jump(at, rows.length - 1)]);
  if (key === 'ArrowRight') return row.isOpen === false ? { kind: 'toggle', name } : into(rows, at);
  if (key !== 'ArrowLeft') return null;
  return row.isOpen === true ? { kind: 'toggle', name } : focusOn(outOf(rows, at));
}

const focusOn = (row: DeckRow | undefined): TreeMove => (row === undefined ? null : { kind: 'focus', name: row.name });

function into(rows: readonly DeckRow[], at: number): TreeMove {
  return rows[at]?.isOpen === true ? focusOn(rows[at + 1]) : null;
}

const outOf = (rows: readonly DeckRow[], at: number): DeckRow | undefined =>
  rows.slice(0, at).findLast(({ level }) => level < (rows[at]?.level ?? 0));
