import { type Collection, deckTree, type StudyQueue, type Tally, today } from './anki-collection.ts';
import { dayNumber } from './anki-day.ts';
import { LEARN_AHEAD_MS } from './anki-interval.ts';
import { AnkiError, type Card, type Deck, QUEUE } from './anki-model.ts';

export type DeckCounts = { readonly new: number; readonly learning: number; readonly review: number };

/** What is left of a deck's cards today, its subdecks' included, after the limits of each. As Anki's list of decks has it. */
export function countsOf(collection: Collection, deck: Deck): DeckCounts {
  const { newCards, reviews } = gather(collection, deck);
  const cutoff = (collection.now() + LEARN_AHEAD_MS) / 1_000;
  const learning = cardsIn(collection, deckTree(collection, deck)).filter(
    (card) => isIntraday(card) && card.due <= cutoff,
  );
  const overDays = reviews.filter(({ queue }) => queue === QUEUE.dayLearning).length;
  return { new: newCards.length, learning: learning.length + overDays, review: reviews.length - overDays };
}

const isIntraday = ({ queue }: Card): boolean => queue === QUEUE.learning || queue === QUEUE.preview;

function cardsIn({ cards }: Collection, decks: readonly Deck[]): readonly Card[] {
  const ids = new Set(decks.map(({ id }) => id));
  return [...cards.values()].filter(({ deckId }) => ids.has(deckId));
}

type Gathered = { readonly newCards: readonly Card[]; readonly reviews: readonly Card[] };

/** The cards of a deck and of the decks below, each level cut to its own limits. A review takes from the limit of new cards too. */
function gather(collection: Collection, deck: Deck): Gathered {
  const own = cardsIn(collection, [deck]);
  const below = childrenOf(collection, deck).map((child) => gather(collection, child));
  const day = today(collection);
  const due = own.filter(({ queue, due }) => (queue === QUEUE.review || queue === QUEUE.dayLearning) && due <= day);
  const fresh = own.filter(({ queue }) => queue === QUEUE.new);
  const reviews = [...due.toSorted(byDue), ...below.flatMap((one) => one.reviews)];
  const newCards = [...fresh.toSorted(byDue), ...below.flatMap((one) => one.newCards)];
  if (deck.filtered !== null) return { newCards, reviews };
  const taken = tallyOf(collection, deck.id);
  const reviewsLeft = Math.max(0, deck.reviewsPerDay - taken.review);
  const kept = reviews.slice(0, reviewsLeft);
  const newLeft = Math.max(0, Math.min(deck.newPerDay - taken.new, reviewsLeft - kept.length));
  return { reviews: kept, newCards: newCards.slice(0, newLeft) };
}

const byDue = (one: Card, other: Card): number => one.due - other.due || one.id - other.id;

const childrenOf = (collection: Collection, deck: Deck): readonly Deck[] =>
  deckTree(collection, deck).filter(({ name }) => name.split('::').length === deck.name.split('::').length + 1);

/** What a deck has taken from its limits today. */
export function tallyOf({ tallies, now }: Collection, deckId: number): Tally {
  const day = dayNumber(now());
  const known = tallies.get(deckId);
  return known?.day === day ? known : { day, new: 0, review: 0 };
}

/** The queue of the current deck: made now when there is none, it is yesterday's or another deck's. */
export function studyQueue(collection: Collection): StudyQueue {
  const { queue, currentDeckId: deckId } = collection;
  const day = today(collection);
  if (queue !== null && queue.day === day && queue.deckId === deckId) return queue;
  const deck = collection.decks.get(deckId);
  const { newCards, reviews } = deck === undefined ? { newCards: [], reviews: [] } : gather(collection, deck);
  const tree = deck === undefined ? [] : deckTree(collection, deck);
  const learning = cardsIn(collection, tree).filter(isIntraday).toSorted(byDue);
  const built = { deckId, day, main: [...reviews, ...newCards].map(idOf), learning: learning.map(idOf) };
  collection.queue = built;
  return built;
}

const idOf = ({ id }: Card): number => id;

/** The card that comes next: one in learning that is due, then a review or a new one, then one in learning that is nearly due. */
export function topCard(collection: Collection): Card | null {
  const { main, learning } = studyQueue(collection);
  const nowSeconds = collection.now() / 1_000;
  const due = (withinSeconds: number) =>
    learning.find((id) => (collection.cards.get(id)?.due ?? Infinity) <= nowSeconds + withinSeconds);
  const id = due(0) ?? main[0] ?? due(LEARN_AHEAD_MS / 1_000);
  return id === undefined ? null : (collection.cards.get(id) ?? null);
}

/**
 * Takes an answered card off the queue, if one is built, and tells how to put it back. Only the front of the main queue and
 * any card in learning can be taken. Source: review reference §1.4, `answerCards`.
 */
export function popFromQueue(collection: Collection, cardId: number): () => void {
  const { queue } = collection;
  if (queue === null) {
    return () => {
      collection.queue = null;
    };
  }
  const isFront = queue.main[0] === cardId;
  if (!isFront && !queue.learning.includes(cardId)) throw new AnkiError('not at top of queue');
  if (isFront) queue.main = queue.main.slice(1);
  else queue.learning = without(queue.learning, cardId);
  return () => {
    const { queue: now } = collection;
    if (now === null) return;
    now.main = [...(isFront ? [cardId] : []), ...without(now.main, cardId)];
    now.learning = [...(isFront ? [] : [cardId]), ...without(now.learning, cardId)];
  };
}

const without = (ids: readonly number[], cardId: number): number[] => ids.filter((id) => id !== cardId);

/** Puts a card that is in learning again back into the queue, if one is built. */
export function requeue({ queue, cards }: Collection, card: Card): void {
  if (queue === null || !isIntraday(card)) return;
  const due = (id: number) => cards.get(id)?.due ?? 0;
  queue.learning = [...queue.learning, card.id].toSorted((one, other) => due(one) - due(other));
}
