import type { Queue } from './card.ts';
import type { Deck } from './gateway.ts';

/** Whether a card in one deck is reviewed with another; null is every deck. */
export const belongsTo = (deck: string, reviewed: string | null): boolean =>
  reviewed === null || deck === reviewed || deck.startsWith(`${reviewed}::`);

export type Search = { readonly queue: Queue; readonly query: string };

const KINDS: Readonly<Record<Queue, string>> = {
  learning: 'is:due is:learn',
  review: 'is:due -is:learn',
  new: 'is:new',
};

/**
 * Anki's searches for what could be reviewed now, what comes first before the rest, only in decks that have some of it left
 * today: a search knows nothing of limits. Decks are named by id, which needs no escapes. Source: review reference §1.4, §3.3.
 */
export const searchesIn = (decks: readonly Deck[], newCards: boolean): Search[] =>
  (newCards ? (['learning', 'review', 'new'] as const) : (['learning', 'review'] as const)).flatMap((queue) => {
    const places = decks.filter(({ counts }) => counts[queue] > 0).map(({ id }) => `did:${id}`);
    const query = `(${places.join(' or ')}) ${KINDS[queue]} -is:suspended -is:buried`;
    return places.length === 0 ? [] : [{ queue, query }];
  });
