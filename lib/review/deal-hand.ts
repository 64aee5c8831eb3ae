import type { Counts } from '#lib/domain/review/card.ts';
import { belongsTo, type Found, inOrder, searchesIn } from '#lib/domain/review/deck-search.ts';
import { countsOfAll } from '#lib/domain/review/deck-tree.ts';
import type { Deck, Hand, HandQuestion, Read } from '#lib/domain/review/gateway.ts';
import { isAhead, pickHand } from '#lib/domain/review/pick-hand.ts';
import type { DurationMs, EpochMs } from '#lib/domain/time.ts';
import type { AnkiConnectClient, Called, CallLimits } from './anki-connect.ts';
import { type AnkiSource, countDecks, loadCards } from './anki-source.ts';
import { ankiTrouble, slowHint } from './anki-trouble.ts';
import { callRead } from './call-read.ts';
import { findCards } from './card-actions.ts';
import type { Loaded } from './card-reader.ts';
import { DECK_NAMES_AND_IDS } from './deck-actions.ts';
import { type CurrentCard, GUI_CURRENT_CARD } from './gui-actions.ts';
import { type HandPatience, startPatience } from './hand-patience.ts';

/** Rendering holds up Anki's window, so no call asks for more. */
const AT_ONCE = 20;
/** More cards than any hand takes, since some are siblings or too many of their deck. */
const MOST_LOOKED_AT = 200;
/** Of both sides of all cards: with pictures written into them, a hand would be too long on its way to a phone. */
const HEAVY_LETTERS = 8_000_000;

/**
 * Cards to review now, through AnkiConnect: within 3 s of its turns; with fewer cards, and within 8 s, where Anki
 * is slow. Never rejects.
 */
export async function dealHand(given: AnkiSource, question: HandQuestion): Promise<Read<Hand>> {
  const patience = startPatience(given.elapsed);
  const took: DurationMs[] = [];
  const source = { ...given, anki: timed(given.anki, took) };
  const looked = await look(source, question, patience);
  if ('trouble' in looked) return looked;
  const { known, shown } = looked.value;
  const decks = await countDecks(source, known, patience.limits('needed'));
  if ('trouble' in decks) return decks;
  const hand = await draw(source, { question, shown, decks: decks.value, patience });
  if ('trouble' in hand) return hand;
  const cards = await source.reader.complete(hand.value, { shown, patienceMs: patience.limits('extras').patienceMs });
  return { value: { cards, counts: countsIn(decks.value, question.deck), hint: slowHint(took, source.platform) } };
}

/** The same client, which keeps how long each call took. */
const timed = (anki: AnkiConnectClient, took: DurationMs[]): AnkiConnectClient => {
  const keep = <Result>(called: Called<Result>): Called<Result> => {
    if ('latencyMs' in called) took.push(called.latencyMs);
    return called;
  };
  return {
    call: async (...asked) => keep(await anki.call(...asked)),
    callAll: async (...asked) => keep(await anki.callAll(...asked)),
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

async function look(
  { anki, platform }: AnkiSource,
  { deck }: HandQuestion,
  patience: HandPatience,
): Promise<Read<Looked>> {
  const limits = patience.limits('first');
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
  readonly patience: HandPatience;
};

/**
 * Loads cards until the hand is full, nothing else is left of today, or there is enough to carry. What was loaded before a call
 * failed is a hand too. A card that is too large for any call is left out.
 */
async function draw(source: AnkiSource, about: Draw): Promise<Read<Loaded[]>> {
  const { question, shown, decks, patience } = about;
  const wanted = await search(source, about);
  if ('trouble' in wanted) return wanted;
  const { limit } = question;
  const left = new Map(decks.map(({ name, counts }) => [name, counts]));
  const isEnough = enoughFor(question, leftIn(decks, question) + (shown === null ? 0 : 1));
  const loaded: Loaded[] = [];
  let hand: Loaded[] = [];
  let askedAt = source.elapsed();
  for await (const chunk of loadInChunks(source, wanted.value, patience)) {
    if ('trouble' in chunk) return handOr(hand, chunk);
    // What a filtered deck has borrowed is reviewed there.
    loaded.push(...chunk.value.filter(({ deckName }) => belongsTo(deckName, question.deck)));
    const now = source.now();
    hand = pickHand(loaded, { now, left, limit, shown: shown?.cardId ?? null });
    if (isEnough(hand, now)) break;
    if (patience.isOver(hand.length > 0, source.elapsed() - askedAt)) return handOr(hand, late(source));
    askedAt = source.elapsed();
  }
  return { value: hand };
}

const handOr = (hand: Loaded[], otherwise: Read<Loaded[]>): Read<Loaded[]> =>
  hand.length > 0 ? { value: hand } : otherwise;

/** That nothing came in time does not mean that nothing is due. */
const late = ({ platform }: AnkiSource): Read<Loaded[]> => ({
  trouble: ankiTrouble({ outcome: 'timed-out', effect: 'none' }, platform),
});

const leftIn = (decks: readonly Deck[], { deck, newCards }: HandQuestion): number => {
  const counts = countsIn(decks, deck);
  return counts.learning + counts.review + (newCards ? counts.new : 0);
};

/** A full hand is not enough while something in it is due only later: what is due now may come yet. */
const enoughFor =
  ({ limit }: HandQuestion, left: number) =>
  (hand: readonly Loaded[], now: EpochMs): boolean => {
    const isFull = hand.length === limit && !hand.some((card) => isAhead(card, now));
    const letters = hand.reduce((sum, { question, answer }) => sum + question.length + answer.length, 0);
    return isFull || (hand.length < limit && hand.length >= left) || letters > HEAVY_LETTERS;
  };

/** A trouble is the last; that a single card is too large is one where no other came. */
async function* loadInChunks(
  source: AnkiSource,
  ids: readonly number[],
  patience: HandPatience,
): AsyncGenerator<Read<Loaded[]>, void> {
  let atOnce = AT_ONCE;
  let hasCome = false;
  let tooLarge: Read<Loaded[]> | null = null;
  for (let from = 0; from < ids.length; from += atOnce) {
    const limits = () => patience.limits(hasCome ? 'more' : 'needed');
    const { read, asked } = await loadFirst(source, ids.slice(from, from + atOnce), limits);
    atOnce = asked;
    if (isTooLarge(read)) {
      tooLarge = read;
      continue;
    }
    yield read;
    if ('trouble' in read) return;
    hasCome = true;
  }
  if (tooLarge !== null && !hasCome) yield tooLarge;
}

/** As many of these cards, from the first on, as are not too large for one call. */
async function loadFirst(
  source: AnkiSource,
  ids: readonly number[],
  limits: () => CallLimits,
): Promise<{ readonly read: Read<Loaded[]>; readonly asked: number }> {
  const read = await loadCards(source, ids, limits());
  if (!isTooLarge(read) || ids.length === 1) return { read, asked: ids.length };
  return loadFirst(source, ids.slice(0, Math.ceil(ids.length / 5)), limits);
}

const isTooLarge = (read: Read<unknown>): boolean => 'trouble' in read && read.trouble.code === 'too-large';

/** The ids of more cards than the hand takes, what is likelier to be picked first. */
async function search(
  { anki, platform }: AnkiSource,
  { question, shown, decks, patience }: Draw,
): Promise<Read<number[]>> {
  const first = shown === null ? [] : [shown.cardId];
  const searches = searchesIn(decks, question.newCards);
  if (searches.length === 0) return { value: first };
  const asked = searches.map(({ query }) => findCards(query));
  const called = await callRead(() => anki.callAll(asked, patience.limits('needed')));
  if (called.outcome !== 'answered') return { trouble: ankiTrouble(called, platform) };
  const found: Found[] = [];
  for (const [place, search] of searches.entries()) {
    const reply = called.value[place];
    if (reply?.outcome === 'answered') found.push({ ...search, ids: reply.value });
    else if (reply !== undefined) return { trouble: ankiTrouble(reply, platform) };
  }
  const ids = inOrder(found, new Map(decks.map(({ name, counts }) => [name, counts])));
  return { value: [...new Set([...first, ...ids])].slice(0, MOST_LOOKED_AT) };
}
