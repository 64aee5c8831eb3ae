import type { EpochMs } from '#lib/domain/time.ts';
import { type AnkiCard, dueAt, queueOf } from './assemble-card.ts';
import type { Counts, Queue } from './card.ts';

type Candidate = Pick<AnkiCard, 'cardId' | 'note' | 'queue' | 'due'>;

export type HandRules = {
  readonly now: EpochMs;
  /** What is left of today by the deck's limits; null where that is not known, and nothing is limited. */
  readonly counts: Counts | null;
  readonly limit: number;
  /** The card that Anki itself shows: it comes first, whatever it is. */
  readonly shown: number | null;
};

/**
 * Which cards to review, in their order: what is in learning and due, the earliest first; reviews, the longest due first; new
 * cards; and at the end what is in learning and due a little later. One card a note, reviews and new cards within the limits.
 */
export function pickHand<Card extends Candidate>(
  candidates: readonly Card[],
  { now, counts, limit, shown }: HandRules,
): Card[] {
  const left = { new: counts?.new ?? limit, review: counts?.review ?? limit, learning: limit };
  const notes = new Set<number>();
  const picked: Card[] = [];
  for (const card of candidates.toSorted(byRank({ now, shown }))) {
    const queue = queueOf(card);
    const isShown = card.cardId === shown;
    if (queue === null || notes.has(card.note) || (left[queue] <= 0 && !isShown)) continue;
    if (picked.length === limit) break;
    notes.add(card.note);
    left[queue] -= 1;
    picked.push(card);
  }
  return picked;
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
