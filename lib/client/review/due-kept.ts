import * as z from 'zod/mini';
import { readText, writeText } from '#lib/client/kept/kept-text.ts';
import { parsed } from '#lib/client/kept/parsed.ts';
import type { EpochMs } from '#lib/domain/time.ts';

const KEY = 'lifeline.review.kept';
const keptSchema = z.object({ cards: z.int().check(z.nonnegative()), at: z.int() });

/** How many cards this phone holds for the time without the Mac, and since when. */
export type KeptCount = z.infer<typeof keptSchema>;

/** Notes it where a screen can read it at once, without the database. */
export function keepCount(cards: number, at: EpochMs): void {
  writeText(KEY, cards === 0 ? null : JSON.stringify({ cards, at } satisfies KeptCount));
}

/** Null for no card. */
export function readKeptCount(): KeptCount | null {
  const read = z.safeParse(keptSchema, parsed(readText(KEY)));
  return read.success && read.data.cards > 0 ? read.data : null;
}
