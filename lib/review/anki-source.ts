import type { Counts } from '#lib/domain/review/card.ts';
import type { Deck, Read } from '#lib/domain/review/gateway.ts';
import type { DurationMs, EpochMs } from '#lib/domain/time.ts';
import type { AnkiConnectClient, CallLimits } from './anki-connect.ts';
import { ankiTrouble } from './anki-trouble.ts';
import { callRead } from './call-read.ts';
import { cardsInfo, getReviewsOfCards } from './card-actions.ts';
import { type CardReader, type Loaded, pairLoaded } from './card-reader.ts';
import { type DeckStats, getDeckStats } from './deck-actions.ts';

/** Where cards and decks are read from. */
export type AnkiSource = {
  readonly anki: AnkiConnectClient;
  readonly reader: CardReader;
  readonly now: () => EpochMs;
  readonly elapsed: () => DurationMs;
  readonly platform: NodeJS.Platform;
};

/** Cards as they are now, in the order asked, without those that are missing: 20 at most. Never rejects. */
export async function loadCards(
  { anki, platform }: AnkiSource,
  ids: readonly number[],
  limits: CallLimits,
): Promise<Read<Loaded[]>> {
  const called = await callRead(() => anki.callAll([cardsInfo(ids), getReviewsOfCards(ids)], limits));
  if (called.outcome !== 'answered') return { trouble: ankiTrouble(called, platform) };
  const [cards, reviews] = called.value;
  if (cards.outcome !== 'answered') return { trouble: ankiTrouble(cards, platform) };
  if (reviews.outcome !== 'answered') return { trouble: ankiTrouble(reviews, platform) };
  return { value: pairLoaded(cards.value, reviews.value) };
}

/** Decks that are known to be there, by name and id, with what is left of today; without an empty `Default`. Never rejects. */
export async function countDecks(
  { anki, platform }: AnkiSource,
  known: readonly (readonly [name: string, id: number])[],
  limits: CallLimits,
): Promise<Read<Deck[]>> {
  const stats = await callRead(() => anki.call(getDeckStats(known.map(([name]) => name)), limits));
  if (stats.outcome !== 'answered') return { trouble: ankiTrouble(stats, platform) };
  const decks = known.flatMap(([name, id]) => {
    const of = stats.value[String(id)];
    return of === undefined ? [] : [{ id, name, counts: countsOf(of) }];
  });
  return { value: decks };
}

const countsOf = (stats: DeckStats): Counts => ({
  new: stats.new_count,
  learning: stats.learn_count,
  review: stats.review_count,
});
