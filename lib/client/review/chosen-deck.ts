import * as z from 'zod/mini';
import { readText, writeText } from '#lib/client/kept/kept-text.ts';
import { parsed } from '#lib/client/kept/parsed.ts';

const DECK_KEY = 'lifeline.review.deck';

/** The deck that was chosen last, by its full name; null: every deck. */
export function readDeck(): string | null {
  const read = z.safeParse(z.string().check(z.minLength(1), z.maxLength(1_000)), parsed(readText(DECK_KEY)));
  return read.success ? read.data : null;
}

/** Remembers the choice. A phone that refuses storage asks for every deck at the next start. */
export function writeDeck(deck: string | null): void {
  writeText(DECK_KEY, deck === null ? null : JSON.stringify(deck));
}
