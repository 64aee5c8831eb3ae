import type { EpochMs } from '#lib/domain/time.ts';
import { type AnkiCard, dueAt, queueOf } from './assemble-card.ts';
import type { Counts, Queue } from './card.ts';

type Candidate = Pick<AnkiCard, 'cardId' | 'note' | 'queue' | 'due' | 'deckName'>;

export type HandRules = {
  readonly now: EpochMs;
  /** What is left of today in each deck by its limits, with its subdecks; one that is not there has none. */
  readonly left: ReadonlyMap<string, Counts>;
  readonly limit: number;
  /** The card that Anki itself shows: it comes first, whatever it is. */
  readonly shown: number | null;
};

/**
 * Which cards to review, in their order: what is in learning and due, the earliest first; reviews, the longest due first; new
 * cards; and at the end what is in learning and due a little later. One card a note; reviews and new cards within the limits of
 * their deck and of those above it.
 */
export function pickHand<Card extends Candidate>(
  candidates: readonly Card[],
  { now, left, limit, shown }: HandRules,
): Card[] {
  const isLeft = createAllowance(left);
  const notes = new Set<number>();
  const picked: Card[] = [];
  for (const card of candidates.toSorted(byRank({ now, shown }))) {
    const queue = queueOf(card);
    if (queue === null || notes.has(card.note)) continue;
    if (!isLeft(card.deckName, queue) && card.cardId !== shown) continue;
    notes.add(card.note);
    picked.push(card);
    if (picked.length === limit) break;
  }
  return picked;
}

/**
 * Takes one card of a deck off what is left of today in it and in the decks above it; false, and nothing taken, where there is
 * none left. A deck that is not there has no limit.
 */
export function createAllowance(left: ReadonlyMap<string, Counts>): (deckName: string, queue: Queue) => boolean {
  const counted = new Map<string, number>();
  return (deckName, queue) => {
    const places = limitsOf(deckName, queue);
    const isLeft = places.every(({ deck, key }) => (counted.get(key) ?? 0) < (left.get(deck)?.[queue] ?? Infinity));
    if (isLeft) for (const { key } of places) counted.set(key, (counted.get(key) ?? 0) + 1);
    return isLeft;
  };
}

/** The decks whose limits hold for a card: its own and those above it. What is in learning has none. */
function limitsOf(deckName: string, queue: Queue): { readonly deck: string; readonly key: string }[] {
  if (queue === 'learning') return [];
  const parts = deckName.split('::');
  return parts.map((_, depth) => {
    const deck = parts.slice(0, depth + 1).join('::');
    return { deck, key: `${queue} ${deck}` };
  });
}

const RANKS: Readonly<Record<Queue, number>> = { learning: 1, review: 2, new: 3 };
const AHEAD = 4;

const byRank = (at: Pick<HandRules, 'now' | 'shown'>) => (one: Candidate, other: Candidate) =>
  rankOf(one, at) - rankOf(other, at) || one.due - other.due || one.cardId - other.cardId;

function rankOf(card: Candidate, { now, shown }: Pick<HandRules, 'now' | 'shown'>): number {
  if (card.cardId === shown) return 0;
  // What is in learning since another day comes among the reviews.
  if (card.queue === 3) return RANKS.review;
  return isAhead(card, now) ? AHEAD : RANKS[queueOf(card) ?? 'new'];
}

/** Whether a card is in learning and due only a little later. */
export function isAhead(card: Candidate, now: EpochMs): boolean {
  const due = dueAt(card);
  return due !== null && due > now;
}
