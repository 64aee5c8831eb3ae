import type { Counts } from './card.ts';
import type { Deck } from './gateway.ts';

/** Those names that are of no subdeck: together they hold every card once. */
export const topDecks = (names: readonly string[]): string[] => names.filter((name) => !name.includes('::'));

export const sumCounts = (counts: readonly Counts[]): Counts =>
  counts.reduce(
    (sum, each) => ({
      new: sum.new + each.new,
      learning: sum.learning + each.learning,
      review: sum.review + each.review,
    }),
    { new: 0, learning: 0, review: 0 },
  );

/** What is left of today in the whole collection, from decks whose counts include their subdecks'. */
export const countsOfAll = (decks: readonly Deck[]): Counts =>
  sumCounts(decks.filter(({ name }) => !name.includes('::')).map(({ counts }) => counts));

/** By name as a tree reads: a deck right before its subdecks, whatever else begins like it. */
export function byDeckName({ name: one }: Deck, { name: other }: Deck): number {
  const [mine, theirs] = [one.split('::'), other.split('::')];
  const place = mine.findIndex((part, index) => part !== theirs[index]);
  if (place < 0) return mine.length - theirs.length;
  const [part = '', against] = [mine[place], theirs[place]];
  return against === undefined ? 1 : part.localeCompare(against, 'en', { numeric: true }) || (part < against ? -1 : 1);
}
