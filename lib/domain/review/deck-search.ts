import type { Counts, Queue } from './card.ts';
import type { Deck } from './gateway.ts';
import { createAllowance } from './pick-hand.ts';

/** Whether a card in one deck is reviewed with another; null is every deck. */
export const belongsTo = (deck: string, reviewed: string | null): boolean =>
  reviewed === null || deck === reviewed || deck.startsWith(`${reviewed}::`);

/**
 * One of Anki's searches for what could be reviewed now. `learning`; `span`: reviews that are due since some days; `deck`: all
 * reviews or new cards of one deck by its name; `lent`: what is in filtered decks, or was taken from here by one.
 */
export type Search = { readonly query: string } & (
  | { readonly of: 'learning' | 'span' | 'lent' }
  | { readonly of: 'deck'; readonly deck: string; readonly queue: 'review' | 'new' }
);

/** A search with the ids that it found. */
export type Found = Search & { readonly ids: readonly number[] };

/** Each deck is searched by itself, and Anki's window waits: more than these have to wait for the next hand. */
const MOST_DECKS = 100;
/** They have no limits. */
const MOST_LEARNING = 60;
/** For days of being due. Within the longer spans, where it is a share of the whole, what is due longest is not known. */
const SPANS = [0, 1, 2, 3, 4, 5, 6, 7, 10, 15, 22, 33, 50, 75, 112, 168, 252];

const OPEN = '-is:suspended -is:buried';
const HOME = `${OPEN} -deck:filtered`;

/**
 * Anki's searches, only in decks that have something left today: a search knows nothing of limits. Decks are named by id, which
 * needs no escapes; that also finds what a filtered deck has taken from there, so those cards are searched apart. What a preview
 * shows again is in learning, but not for `is:learn`. Source: review reference §1.4, §3.3; rslib/src/search of ankitects/anki.
 */
export function searchesIn(decks: readonly Deck[], newCards: boolean): Search[] {
  const left = (queues: readonly Queue[]): readonly Deck[] =>
    decks.filter(({ counts }) => queues.some((queue) => counts[queue] > 0)).slice(0, MOST_DECKS);
  const asked: readonly Queue[] = newCards ? ['learning', 'review', 'new'] : ['learning', 'review'];
  const [any, learning, review, unseen] = [left(asked), left(['learning']), left(['review']), left(['new'])];
  return [
    ...inAny(learning, [`is:due is:learn ${HOME}`]).map((query) => ({ of: 'learning', query }) as const),
    ...inAny(any, [`is:due is:learn ${OPEN} deck:filtered`]).map((query) => ({ of: 'learning', query }) as const),
    ...inAny(review, dueSince(`is:due -is:learn ${HOME}`)).map((query) => ({ of: 'span', query }) as const),
    ...inEach(review, 'review', `is:due -is:learn ${HOME}`),
    ...(newCards ? inEach(unseen, 'new', `is:new ${HOME}`) : []),
    ...inAny(any, [`${newCards ? '(is:due or is:new)' : 'is:due'} ${OPEN} deck:filtered`]).map(
      (query) => ({ of: 'lent', query }) as const,
    ),
  ];
}

function inAny(decks: readonly Deck[], queries: readonly string[]): string[] {
  const places = decks.map(({ id }) => `did:${id}`).join(' or ');
  return places === '' ? [] : queries.map((query) => `(${places}) ${query}`);
}

const inEach = (decks: readonly Deck[], queue: 'review' | 'new', query: string): Search[] =>
  decks.map(({ id, name }) => ({ of: 'deck', deck: name, queue, query: `did:${id} ${query}` }));

/** The longest due first. */
const dueSince = (query: string): string[] =>
  SPANS.map((days, place) => {
    const upTo = SPANS[place + 1];
    return `${query} prop:due<=${-days}${upTo === undefined ? '' : ` prop:due>${-upTo}`}`;
  }).toReversed();

/**
 * The ids of all that was found, each once, what is likelier to be picked first: learning, the reviews and the new cards that the
 * limits of their decks let through, what filtered decks have, and the rest, which stands in for siblings.
 */
export function inOrder(found: readonly Found[], left: ReadonlyMap<string, Counts>): number[] {
  const idsOf = (wanted: Search['of']) => found.filter(({ of }) => of === wanted).map(({ ids }) => ids.toSorted(byAge));
  const learning = idsOf('learning').flatMap((ids) => ids.slice(0, MOST_LEARNING));
  const spans = idsOf('span').flat();
  const inDecks = found.flatMap((search) => (search.of === 'deck' ? [search] : []));
  const isLeft = createAllowance(left);
  const within = ({ deck, queue }: (typeof inDecks)[number]) => isLeft(deck, queue);
  const deckOf = new Map(inDecks.flatMap((search) => search.ids.map((id) => [id, search] as const)));
  const unseen = inDecks.filter(({ queue }) => queue === 'new').flatMap(({ ids }) => ids.toSorted(byAge));
  const allowed = [...spans, ...unseen].filter((id) => {
    const search = deckOf.get(id);
    return search !== undefined && within(search);
  });
  return [...new Set([...learning, ...allowed, ...idsOf('lent').flat(), ...spans, ...unseen])];
}

const byAge = (one: number, other: number): number => one - other;
