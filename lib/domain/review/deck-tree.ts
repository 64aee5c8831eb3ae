import type { Counts } from './card.ts';
import type { Deck } from './gateway.ts';

/** What is left of today in the whole collection, from decks whose counts include their subdecks'. */
export const countsOfAll = (decks: readonly Deck[]): Counts =>
  decks
    .filter(({ name }) => !name.includes('::'))
    .reduce(
      (sum, { counts }) => ({
        new: sum.new + counts.new,
        learning: sum.learning + counts.learning,
        review: sum.review + counts.review,
      }),
      { new: 0, learning: 0, review: 0 },
    );

/** By name as a tree reads: a deck right before its subdecks, whatever else begins like it. */
export function byDeckName({ name: one }: Deck, { name: other }: Deck): number {
  const [mine, theirs] = [one.split('::'), other.split('::')];
  const place = mine.findIndex((part, index) => part !== theirs[index]);
  if (place < 0) return mine.length - theirs.length;
  const [part = '', against] = [mine[place], theirs[place]];
  return against === undefined ? 1 : part.localeCompare(against, 'en', { numeric: true }) || (part < against ? -1 : 1);
}
