import * as z from 'zod/mini';
import type { Action } from './anki-actions.ts';

// Source: review reference §1.4.

/** Every deck's id by its full name, `A::B`; filtered decks and an empty `Default` included. */
export const DECK_NAMES_AND_IDS: Action<Record<string, number>> = {
  action: 'deckNamesAndIds',
  result: z.record(z.string(), z.int()),
};

const count = z.int().check(z.nonnegative());
const deckStatsSchema = z.object({
  deck_id: z.int(),
  new_count: count,
  learn_count: count,
  review_count: count,
});
export type DeckStats = z.infer<typeof deckStatsSchema>;

/**
 * What is left of today in each of these decks, after limits and with subdecks, by the deck's id as a string; an empty `Default`
 * is missing. It creates a deck of a name that it does not know: ask `DECK_NAMES_AND_IDS` first.
 */
export const getDeckStats = (decks: readonly string[]): Action<Record<string, DeckStats>> => ({
  action: 'getDeckStats',
  params: { decks },
  result: z.record(z.string(), deckStatsSchema),
});
