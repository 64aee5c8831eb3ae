import type { Counts, ReviewCard } from '#lib/domain/review/card.ts';
import { belongsTo, searchesIn } from '#lib/domain/review/deck-search.ts';
import { byDeckName, sumCounts, topDecks } from '#lib/domain/review/deck-tree.ts';
import type { Deck, Gateway, Hand, HandQuestion, Read } from '#lib/domain/review/gateway.ts';
import { isAhead, pickHand } from '#lib/domain/review/pick-hand.ts';
import { type DurationMs, type EpochMs, SECOND } from '#lib/domain/time.ts';
import type { AnkiConnectClient } from './anki-connect.ts';
import { ankiTrouble } from './anki-trouble.ts';
import { callRead } from './call-read.ts';
import { cardsInfo, findCards, getReviewsOfCards } from './card-actions.ts';
import { type CardReader, createCardReader, type Loaded, pairLoaded } from './card-reader.ts';
import { DECK_NAMES_AND_IDS, type DeckStats, getDeckStats } from './deck-actions.ts';
import { type CurrentCard, GUI_CURRENT_CARD } from './gui-actions.ts';

/** Reads straight from Anki, and can tell one card by its id. */
export type AnkiGateway = Gateway & {
  /** A card as it is now; null where it is not there or cannot be had. Never rejects. */
  readonly describe: (cardId: number) => Promise<ReviewCard | null>;
};

export type AnkiGatewayOptions = { readonly now?: () => EpochMs; readonly platform?: NodeJS.Platform };

/**
 * The gateway through AnkiConnect. A hand takes four or five calls of it and is there within 3 s, with fewer cards where Anki is
 * slow; none of them changes anything or opens a window.
 */
export function createAnkiGateway(
  anki: AnkiConnectClient,
  { now = Date.now, platform = process.platform }: AnkiGatewayOptions = {},
): AnkiGateway {
  const from: From = { anki, reader: createCardReader(anki), now, platform };
  return {
    kind: 'anki-connect',
    abilities: { undo: true, decks: true, counts: true, lookahead: true },
    hand: (question) => readHand(from, question),
    decks: () => readDecks(from),
    describe: (cardId) => readCard(from, cardId),
  };
}

type From = {
  readonly anki: AnkiConnectClient;
  readonly reader: CardReader;
  readonly now: () => EpochMs;
  readonly platform: NodeJS.Platform;
};

/** For a whole hand. */
const PATIENCE_MS = 3 * SECOND;
/** For the first call: with another gateway after it, that must not be the whole time. */
const LOOK_MS = 1_500;
/** The least that any call is given, so that a late one still has a chance. */
const LEAST_MS = 200;
/** Rendering holds up Anki's window, so no call asks for more. */
const AT_ONCE = 20;
/** More cards than wanted, since some are siblings. */
const SPARE = 10;
/** As long as most collections are, with ids of 13 digits. */
const LIMIT_BYTES = 16_777_216;

/** Sooner due ones may be among them. */
const MOST_LEARNING = 60;

/** What is left of the time for a hand, for the next call. */
const startPatience = () => {
  const startedAt = performance.now();
  const left = (): DurationMs => PATIENCE_MS - (performance.now() - startedAt);
  return {
    limits: () => ({ patienceMs: Math.max(LEAST_MS, left()), limitBytes: LIMIT_BYTES }),
    isOver: () => left() <= 0,
  };
};
type Patience = ReturnType<typeof startPatience>;

async function readHand(from: From, question: HandQuestion): Promise<Read<Hand>> {
  const patience = startPatience();
  const looked = await look(from, question, patience);
  if ('trouble' in looked) return looked;
  const { decks, shown } = looked.value;
  if (decks.length === 0) return { value: NOTHING };
  const stats = await callRead(() => from.anki.call(getDeckStats(decks), patience.limits()));
  if (stats.outcome !== 'answered') return { trouble: ankiTrouble(stats, from.platform) };
  const counts = sumCounts(Object.values(stats.value).map(countsOf));
  const drawn = await draw(from, { ...looked.value, question, counts, patience });
  if ('trouble' in drawn) return drawn;
  const cards = await from.reader.complete(drawn.value, { shown, patienceMs: patience.limits().patienceMs });
  return { value: { cards, counts } };
}

/** Of a deck that somebody has renamed or deleted. */
const NOTHING: Hand = { cards: [], counts: { new: 0, learning: 0, review: 0 } };

const countsOf = (stats: DeckStats): Counts => ({
  new: stats.new_count,
  learning: stats.learn_count,
  review: stats.review_count,
});

type Looked = {
  /** The decks to be reviewed; they exist. */
  readonly decks: readonly string[];
  /** What Anki's reviewer shows, if it is of them. */
  readonly shown: CurrentCard | null;
  /** The ids of what is in learning, of reviews and of new cards, in that order. */
  readonly found: readonly (readonly number[])[];
};

async function look({ anki, platform }: From, question: HandQuestion, patience: Patience): Promise<Read<Looked>> {
  const { deck, newCards } = question;
  const search = searchesIn(deck);
  const searches = [search.learning, search.review, ...(newCards ? [search.new] : [])].map(findCards);
  const asked = [DECK_NAMES_AND_IDS, GUI_CURRENT_CARD, ...searches] as const;
  const called = await callRead(() => anki.callAll(asked, { ...patience.limits(), patienceMs: LOOK_MS }));
  if (called.outcome !== 'answered') return { trouble: ankiTrouble(called, platform) };
  const [named, current, ...found] = called.value;
  const failed = [named, ...found].find(({ outcome }) => outcome !== 'answered');
  if (named.outcome !== 'answered') return { trouble: ankiTrouble(named, platform) };
  if (failed !== undefined && failed.outcome !== 'answered') return { trouble: ankiTrouble(failed, platform) };
  const names = Object.keys(named.value);
  const isShown = current.outcome === 'answered' && belongsTo(current.value.deckName, deck);
  return {
    value: {
      decks: deck === null ? topDecks(names) : names.filter((name) => name === deck),
      shown: isShown ? current.value : null,
      found: found.map((ids) => (ids.outcome === 'answered' ? ids.value.toSorted((one, other) => one - other) : [])),
    },
  };
}

type Draw = Looked & { readonly question: HandQuestion; readonly counts: Counts; readonly patience: Patience };

/** Loads cards in chunks until the hand is full. What was loaded before a call failed is a hand too. */
async function draw(from: From, looked: Draw): Promise<Read<Loaded[]>> {
  const { question, shown, counts, patience } = looked;
  const { limit } = question;
  const loaded: Loaded[] = [];
  let hand: Loaded[] = [];
  for (const ids of chunksOf(wantedOf(looked))) {
    const chunk = await load(from, ids, patience);
    if ('trouble' in chunk) return loaded.length === 0 ? chunk : { value: hand };
    // A search by deck also finds what a filtered deck has borrowed from it, which is reviewed there.
    loaded.push(...chunk.value.filter(({ deckName }) => belongsTo(deckName, question.deck)));
    const now = from.now();
    hand = pickHand(loaded, { now, counts, limit, shown: shown?.cardId ?? null });
    const isFull = hand.length === limit && !hand.some((card) => isAhead(card, now));
    if (isFull || patience.isOver()) break;
  }
  return { value: hand };
}

/** In the order in which they are loaded: what is likelier to be picked first. */
function wantedOf({ question: { limit }, shown, found, counts }: Draw): number[] {
  const [learning = [], reviews = [], unseen = []] = found;
  const most = (left: number) => (left === 0 ? 0 : Math.min(left, limit) + SPARE);
  const wanted = new Set([
    ...(shown === null ? [] : [shown.cardId]),
    ...learning.slice(0, MOST_LEARNING),
    ...reviews.slice(0, most(counts.review)),
    ...unseen.slice(0, most(counts.new)),
  ]);
  return [...wanted];
}

const chunksOf = (ids: readonly number[]): number[][] =>
  Array.from({ length: Math.ceil(ids.length / AT_ONCE) }, (_, chunk) =>
    ids.slice(chunk * AT_ONCE, (chunk + 1) * AT_ONCE),
  );

async function load({ anki, platform }: From, ids: readonly number[], patience: Patience): Promise<Read<Loaded[]>> {
  const called = await callRead(() => anki.callAll([cardsInfo(ids), getReviewsOfCards(ids)], patience.limits()));
  if (called.outcome !== 'answered') return { trouble: ankiTrouble(called, platform) };
  const [cards, reviews] = called.value;
  if (cards.outcome !== 'answered') return { trouble: ankiTrouble(cards, platform) };
  if (reviews.outcome !== 'answered') return { trouble: ankiTrouble(reviews, platform) };
  return { value: pairLoaded(cards.value, reviews.value) };
}

async function readCard({ anki, reader }: From, cardId: number): Promise<ReviewCard | null> {
  const asked = [cardsInfo([cardId]), getReviewsOfCards([cardId]), GUI_CURRENT_CARD] as const;
  const called = await callRead(() => anki.callAll(asked, { limitBytes: LIMIT_BYTES }));
  if (called.outcome !== 'answered') return null;
  const [cards, reviews, current] = called.value;
  if (cards.outcome !== 'answered' || reviews.outcome !== 'answered') return null;
  const shown = current.outcome === 'answered' ? current.value : null;
  const found = pairLoaded(cards.value, reviews.value);
  const [card = null] = await reader.complete(found, { shown, patienceMs: 2 * SECOND });
  return card;
}

async function readDecks({ anki, platform }: From): Promise<Read<readonly Deck[]>> {
  const named = await callRead(() => anki.call(DECK_NAMES_AND_IDS, { limitBytes: LIMIT_BYTES }));
  if (named.outcome !== 'answered') return { trouble: ankiTrouble(named, platform) };
  const stats = await callRead(() => anki.call(getDeckStats(Object.keys(named.value)), { limitBytes: LIMIT_BYTES }));
  if (stats.outcome !== 'answered') return { trouble: ankiTrouble(stats, platform) };
  const decks = Object.entries(named.value).flatMap(([name, id]) => {
    const of = stats.value[String(id)];
    return of === undefined ? [] : [{ id, name, counts: countsOf(of) }];
  });
  return { value: decks.toSorted(byDeckName) };
}
