import type { DueView } from '#lib/contract/review.ts';
import type { Status } from '#lib/contract/status.ts';
import type { Counts } from '#lib/domain/review/card.ts';

/** What Status can offer of the review. */
export type Offer =
  /** `counts` is null where it is not known how many. */
  | { readonly kind: 'here'; readonly counts: Counts | null }
  /** There is a way to Anki, and nothing is left for today. */
  | { readonly kind: 'done' }
  /** From the cards that this phone holds. */
  | { readonly kind: 'offline'; readonly cards: number }
  | { readonly kind: 'nothing' };

export const totalDue = (counts: Counts): number => counts.new + counts.learning + counts.review;

type Known = {
  /** Undefined before the first answer. */
  readonly due: DueView | undefined;
  /** No answer came, and none is kept. */
  readonly isSilent: boolean;
  /** Cards that this phone holds. */
  readonly kept: number;
  /** Whether there is probably a way to Anki, before anybody was asked. */
  readonly isLikely: boolean;
};

/** What to offer, by what is known; before the first answer by what is likely, so that little moves when it comes. */
export function offerOf({ due, isSilent, kept, isLikely }: Known): Offer {
  const otherwise: Offer = kept > 0 ? { kind: 'offline', cards: kept } : { kind: 'nothing' };
  if (due === undefined) return isLikely && !isSilent ? { kind: 'here', counts: null } : otherwise;
  if (due.gateway === null) return otherwise;
  return due.counts !== null && totalDue(due.counts) === 0 ? { kind: 'done' } : { kind: 'here', counts: due.counts };
}

/** Whether Anki itself is not what is broken, as far as the way to the card was walked. */
export const isAnkiLikely = (ladder: Status['ladder']): boolean =>
  !ladder.some(({ rung, state }) => state === 'broken' && (rung === 'ankiconnect' || rung === 'anki'));

/** "3 new · 2 learning · 7 to review", without those that are none. */
export function countsText(counts: Counts): string {
  const parts = [
    [counts.new, 'new'],
    [counts.learning, 'learning'],
    [counts.review, 'to review'],
  ] as const;
  return parts
    .filter(([count]) => count > 0)
    .map(([count, what]) => `${count} ${what}`)
    .join(' · ');
}

/** "9 cards on this phone" */
export const keptText = (cards: number): string => `${cards} ${cards === 1 ? 'card' : 'cards'} on this phone`;
