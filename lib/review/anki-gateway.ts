import type { ReviewCard } from '#lib/domain/review/card.ts';
import { byDeckName } from '#lib/domain/review/deck-tree.ts';
import type { Deck, Gateway, Read } from '#lib/domain/review/gateway.ts';
import { type DurationMs, type EpochMs, SECOND } from '#lib/domain/time.ts';
import type { AnkiConnectClient } from './anki-connect.ts';
import { type AnkiSource, countDecks } from './anki-source.ts';
import { ankiTrouble } from './anki-trouble.ts';
import { callRead } from './call-read.ts';
import { cardsInfo, getReviewsOfCards } from './card-actions.ts';
import { createCardReader, pairLoaded } from './card-reader.ts';
import { dealHand } from './deal-hand.ts';
import { DECK_NAMES_AND_IDS } from './deck-actions.ts';
import { GUI_CURRENT_CARD } from './gui-actions.ts';

/** Reads straight from Anki, and can tell one card by its id. */
export type AnkiGateway = Gateway & {
  /** A card as it is now; null where it is not there or cannot be had. Never rejects. */
  readonly describe: (cardId: number) => Promise<ReviewCard | null>;
};

export type AnkiGatewayOptions = {
  readonly now?: () => EpochMs;
  /** By which patience ends; monotonic. */
  readonly elapsed?: () => DurationMs;
  readonly platform?: NodeJS.Platform;
};

/**
 * The gateway through AnkiConnect. A hand takes five or six calls of it and is there within 3 s, or with fewer cards within 8 s
 * where Anki is slow; none of them changes anything or opens a window.
 */
export function createAnkiGateway(
  anki: AnkiConnectClient,
  { now = Date.now, elapsed = () => performance.now(), platform = process.platform }: AnkiGatewayOptions = {},
): AnkiGateway {
  const source: AnkiSource = { anki, reader: createCardReader(anki), now, elapsed, platform };
  return {
    kind: 'anki-connect',
    abilities: { undo: true, decks: true, counts: true, lookahead: true },
    hand: (question) => dealHand(source, question),
    decks: () => readDecks(source),
    describe: (cardId) => readCard(source, cardId),
  };
}

/** A card has whatever images its author has pasted into it; a deck has a name. */
const LIMITS = { patienceMs: 2 * SECOND, limitBytes: 16_777_216 };

async function readCard({ anki, reader }: AnkiSource, cardId: number): Promise<ReviewCard | null> {
  const asked = [cardsInfo([cardId]), getReviewsOfCards([cardId]), GUI_CURRENT_CARD] as const;
  const called = await callRead(() => anki.callAll(asked, LIMITS));
  if (called.outcome !== 'answered') return null;
  const [cards, reviews, current] = called.value;
  if (cards.outcome !== 'answered' || reviews.outcome !== 'answered') return null;
  const shown = current.outcome === 'answered' ? current.value : null;
  const found = pairLoaded(cards.value, reviews.value);
  const [card = null] = await reader.complete(found, { shown, patienceMs: LIMITS.patienceMs });
  return card;
}

async function readDecks(source: AnkiSource): Promise<Read<Deck[]>> {
  const named = await callRead(() => source.anki.call(DECK_NAMES_AND_IDS, LIMITS));
  if (named.outcome !== 'answered') return { trouble: ankiTrouble(named, source.platform) };
  const decks = await countDecks(source, Object.entries(named.value), LIMITS);
  return 'trouble' in decks ? decks : { value: decks.value.toSorted(byDeckName) };
}
