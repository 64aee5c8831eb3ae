import type { Counts } from '#lib/domain/review/card.ts';
import { belongsTo, searchesIn } from '#lib/domain/review/deck-search.ts';
import { countsOfAll } from '#lib/domain/review/deck-tree.ts';
import type { Deck, Hand, HandQuestion, Read } from '#lib/domain/review/gateway.ts';
import { isAhead, pickHand } from '#lib/domain/review/pick-hand.ts';
import { type DurationMs, SECOND } from '#lib/domain/time.ts';
import type { CallLimits } from './anki-connect.ts';
import { type AnkiSource, countDecks, loadCards } from './anki-source.ts';
import { ankiTrouble } from './anki-trouble.ts';
import { callRead } from './call-read.ts';
import { findCards } from './card-actions.ts';
import type { Loaded } from './card-reader.ts';
import { DECK_NAMES_AND_IDS } from './deck-actions.ts';
import { type CurrentCard, GUI_CURRENT_CARD } from './gui-actions.ts';

/** For a whole hand. */
const PATIENCE_MS = 3 * SECOND;
/** For the first call: with another gateway after it, that must not be the whole time. */
const LOOK_MS = 1_500;
/** The least that any call is given, so that a late one still has a chance. */
const LEAST_MS = 200;
/** As long as most collections are, with ids of 13 digits. */
const LIMIT_BYTES = 16_777_216;
/** Rendering holds up Anki's window, so no call asks for more. */
const AT_ONCE = 20;
/** More cards than wanted, since some are siblings. */
const SPARE = 10;
/** Sooner due ones may be among them. */
const MOST_LEARNING = 60;

/** Cards to review now, through AnkiConnect: within 3 s of its turns, with fewer cards where Anki is slow. Never rejects. */
export async function dealHand(source: AnkiSource, question: HandQuestion): Promise<Read<Hand>> {
  const patience = startPatience();
  const looked = await look(source, question);
  if ('trouble' in looked) return looked;
  const { known, shown } = looked.value;
  const decks = await countDecks(source, known, patience.limits());
  if ('trouble' in decks) return decks;
  const hand = await draw(source, { question, shown, decks: decks.value, patience });
  if ('trouble' in hand) return hand;
  const cards = await source.reader.complete(hand.value, { shown, patienceMs: patience.limits().patienceMs });
  return { value: { cards, counts: countsIn(decks.value, question.deck) } };
}

/** What is left of the time for a hand, for the next call. */
const startPatience = () => {
  const startedAt = performance.now();
  const left = (): DurationMs => PATIENCE_MS - (performance.now() - startedAt);
  return {
    limits: (): CallLimits => ({ patienceMs: Math.max(LEAST_MS, left()), limitBytes: LIMIT_BYTES }),
    isOver: () => left() <= 0,
  };
};

/** Of a deck that somebody has renamed or deleted there is nothing left. */
const countsIn = (decks: readonly Deck[], deck: string | null): Counts =>
  deck === null ? countsOfAll(decks) : (decks.find(({ name }) => name === deck)?.counts ?? NOTHING);
const NOTHING: Counts = { new: 0, learning: 0, review: 0 };

type Looked = {
  /** The decks to be reviewed, by name and id. */
  readonly known: readonly (readonly [name: string, id: number])[];
  /** What Anki's reviewer shows, if it is of them. */
  readonly shown: CurrentCard | null;
};

async function look({ anki, platform }: AnkiSource, { deck }: HandQuestion): Promise<Read<Looked>> {
  const limits = { patienceMs: LOOK_MS, limitBytes: LIMIT_BYTES };
  const called = await callRead(() => anki.callAll([DECK_NAMES_AND_IDS, GUI_CURRENT_CARD], limits));
  if (called.outcome !== 'answered') return { trouble: ankiTrouble(called, platform) };
  const [named, current] = called.value;
  if (named.outcome !== 'answered') return { trouble: ankiTrouble(named, platform) };
  const isShown = current.outcome === 'answered' && belongsTo(current.value.deckName, deck);
  return {
    value: {
      known: Object.entries(named.value).filter(([name]) => belongsTo(name, deck)),
      shown: isShown ? current.value : null,
    },
  };
}

type Draw = {
  readonly question: HandQuestion;
  readonly shown: CurrentCard | null;
  readonly decks: readonly Deck[];
  readonly patience: ReturnType<typeof startPatience>;
};

/** Loads cards in chunks until the hand is full. What was loaded before a call failed is a hand too. */
async function draw(source: AnkiSource, about: Draw): Promise<Read<Loaded[]>> {
  const { question, shown, decks, patience } = about;
  const wanted = await search(source, about);
  if ('trouble' in wanted) return wanted;
  const left = new Map(decks.map(({ name, counts }) => [name, counts]));
  const { limit } = question;
  const loaded: Loaded[] = [];
  let hand: Loaded[] = [];
  for (const ids of chunksOf(wanted.value)) {
    const chunk = await loadCards(source, ids, patience.limits());
    if ('trouble' in chunk) return loaded.length === 0 ? chunk : { value: hand };
    // What a filtered deck has borrowed is reviewed there.
    loaded.push(...chunk.value.filter(({ deckName }) => belongsTo(deckName, question.deck)));
    const now = source.now();
    hand = pickHand(loaded, { now, left, limit, shown: shown?.cardId ?? null });
    const isFull = hand.length === limit && !hand.some((card) => isAhead(card, now));
    if (isFull || patience.isOver()) break;
  }
  return { value: hand };
}

/** The ids of more cards than the hand takes, what is likelier to be picked first. */
async function search(
  { anki, platform }: AnkiSource,
  { question, shown, decks, patience }: Draw,
): Promise<Read<number[]>> {
  const first = shown === null ? [] : [shown.cardId];
  const searches = searchesIn(decks, question.newCards);
  if (searches.length === 0) return { value: first };
  const asked = searches.map(({ query }) => findCards(query));
  const called = await callRead(() => anki.callAll(asked, patience.limits()));
  if (called.outcome !== 'answered') return { trouble: ankiTrouble(called, platform) };
  const wanted = new Set(first);
  for (const [place, found] of called.value.entries()) {
    if (found.outcome !== 'answered') return { trouble: ankiTrouble(found, platform) };
    const most = searches[place]?.queue === 'learning' ? MOST_LEARNING : question.limit + SPARE;
    for (const id of found.value.toSorted((one, other) => one - other).slice(0, most)) wanted.add(id);
  }
  return { value: [...wanted] };
}

const chunksOf = (ids: readonly number[]): number[][] =>
  Array.from({ length: Math.ceil(ids.length / AT_ONCE) }, (_, chunk) =>
    ids.slice(chunk * AT_ONCE, (chunk + 1) * AT_ONCE),
  );
