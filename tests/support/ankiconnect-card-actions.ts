import * as z from 'zod/mini';
import { SECOND } from '#lib/domain/time.ts';
import { addDeck, type Collection, DEFAULT_DECK_ID, deckNamed } from './anki-collection.ts';
import { dayNumber, dayStart, dayText } from './anki-day.ts';
import { AnkiError, type Card, QUEUE } from './anki-model.ts';
import { addUndo, answerCard, cardOf, forgetUndo, suspendCards, unsuspendCards } from './anki-operations.ts';
import { countsOf } from './anki-queue.ts';
import { findCards } from './anki-search.ts';
import { nextStates } from './anki-states.ts';
import { renderCard } from './anki-template.ts';
import { openCollection } from './anki-window.ts';
import { type Action, ids, withParameters } from './ankiconnect-parameters.ts';

/** What every caller of `cardsInfo` is given since November 2025, and was not before. */
export const CARD_KEYS_SINCE_2025: ReadonlySet<string> = new Set(['nextReviews', 'flags']);

/** Actions on the collection: they need no reviewer. Source: review reference §1.4. */
export const CARD_ACTIONS: Readonly<Record<string, Action>> = {
  deckNames: (window) => [...openCollection(window).decks.values()].map(({ name }) => name).toSorted(),
  deckNamesAndIds: (window) =>
    Object.fromEntries([...openCollection(window).decks.values()].map(({ name, id }) => [name, id])),
  getDeckStats: withParameters(z.object({ decks: z.array(z.string()) }), (window, { decks }) =>
    deckStats(openCollection(window), decks),
  ),
  findCards: withParameters(z.object({ query: z.optional(z.nullable(z.string())) }), (window, { query }) => {
    const collection = openCollection(window);
    return typeof query === 'string' ? findCards(collection, query).map(({ id }) => id) : [];
  }),
  cardsInfo: withParameters(z.object({ cards: ids }), (window, { cards }) => {
    const collection = openCollection(window);
    return cards.map((id) => cardInfo(collection, collection.cards.get(id)));
  }),
  cardsModTime: withParameters(z.object({ cards: ids }), (window, { cards }) => {
    const collection = openCollection(window);
    return cards.map((id) => {
      const card = collection.cards.get(id);
      return card === undefined ? {} : { cardId: id, mod: card.mod };
    });
  }),
  /** One at a time, so those before a refused one stay answered. The timer is started and stopped in one breath. */
  answerCards: withParameters(
    z.object({ answers: z.array(z.object({ cardId: z.number(), ease: z.number() })) }),
    (window, { answers }) => {
      const collection = openCollection(window);
      return answers.map(({ cardId, ease }) => {
        if (!collection.cards.has(cardId)) return false;
        answerCard(collection, cardId, { ease, msTaken: 0 });
        return true;
      });
    },
  ),
  suspend: withParameters(z.object({ cards: ids }), (window, { cards }) => suspend(openCollection(window), cards)),
  unsuspend: withParameters(z.object({ cards: ids }), (window, { cards }) => {
    const collection = openCollection(window);
    unsuspendCards(
      collection,
      cards.map((id) => cardOf(collection, id)),
    );
    return null;
  }),
  getReviewsOfCards: withParameters(z.object({ cards: ids }), (window, { cards }) => {
    const { revlog } = openCollection(window);
    return Object.fromEntries(cards.map((id) => [id, revlog.of(id).map(({ cardId, ...row }) => row)]));
  }),
  getNumCardsReviewedToday: (window) => {
    const { revlog, now } = openCollection(window);
    return revlog.countFrom(dayStart(now()));
  },
  getNumCardsReviewedByDay: (window) => reviewsByDay(openCollection(window)),
  notesInfo: withParameters(z.object({ notes: ids }), (window, { notes }) => {
    const collection = openCollection(window);
    return notes.map((id) => noteInfo(collection, id));
  }),
  modelTemplates: withParameters(z.object({ modelName: z.string() }), (window, { modelName }) => {
    const noteType = openCollection(window).noteTypes.get(modelName);
    if (noteType === undefined) throw new AnkiError(`model was not found: ${modelName}`);
    return Object.fromEntries(noteType.templates.map(({ name, front, back }) => [name, { Front: front, Back: back }]));
  }),
  /** It ends every undo, as whatever writes past the collection's own operations does. */
  sync: (window) => {
    forgetUndo(openCollection(window));
    return null;
  },
};

/**
 * False where none is left. It takes the suspended ones off the list while it walks through it, and so skips whichever comes
 * after one.
 */
function suspend(collection: Collection, given: readonly number[]): boolean {
  const cards = given.map((id) => cardOf(collection, id));
  for (let place = 0; place < cards.length; place += 1) {
    if (cards[place]?.queue === QUEUE.suspended) cards.splice(place, 1);
  }
  if (cards.length === 0) return false;
  suspendCards(collection, cards);
  return true;
}

function cardInfo(collection: Collection, card: Card | undefined) {
  const note = card && collection.notes.get(card.noteId);
  if (card === undefined || note === undefined) return {};
  return {
    cardId: card.id,
    fields: fieldsOf(collection, card),
    fieldOrder: card.ordinal,
    ...renderCard(collection, card),
    modelName: note.noteType.name,
    ord: card.ordinal,
    deckName: deckNameOf(collection, card),
    css: note.noteType.css,
    factor: card.factor,
    interval: card.interval,
    note: card.noteId,
    type: card.type,
    queue: card.queue,
    due: card.due,
    reps: card.reps,
    lapses: card.lapses,
    left: card.left,
    mod: card.mod,
    nextReviews: nextStates(collection, card).map(({ label }) => label),
    flags: card.flags,
  };
}

export function fieldsOf({ notes }: Collection, { noteId }: Card) {
  const note = notes.get(noteId);
  const names = note?.noteType.fields ?? [];
  return Object.fromEntries(names.map((name, order) => [name, { value: note?.fields[name] ?? '', order }]));
}

/** The deck it is in now, be that a filtered one. */
export const deckNameOf = ({ decks }: Collection, { deckId }: Card): string => decks.get(deckId)?.name ?? '[no deck]';

function noteInfo(collection: Collection, id: number) {
  const note = collection.notes.get(id);
  const cards = [...collection.cards.values()].filter(({ noteId }) => noteId === id);
  const [first] = cards;
  if (note === undefined || first === undefined) return {};
  return {
    noteId: id,
    profile: 'User 1',
    tags: note.tags,
    fields: fieldsOf(collection, first),
    modelName: note.noteType.name,
    mod: Math.floor(id / SECOND),
    cards: cards.map((card) => card.id),
  };
}

/** By id, with the leaf of the name. A name that is unknown makes a deck; an empty `Default` is not told. */
function deckStats(collection: Collection, names: readonly string[]) {
  const decks = names.map((name) => deckNamed(collection, name) ?? created(collection, name));
  const shown = decks.filter(
    ({ id }) => id !== DEFAULT_DECK_ID || collection.decks.size === 1 || cardCount(collection, id) > 0,
  );
  return Object.fromEntries(
    shown.map((deck) => {
      const counts = countsOf(collection, deck);
      return [
        deck.id,
        {
          deck_id: deck.id,
          name: deck.name.split('::').at(-1),
          new_count: counts.new,
          learn_count: counts.learning,
          review_count: counts.review,
          total_in_deck: cardCount(collection, deck.id),
        },
      ];
    }),
  );
}

function created(collection: Collection, name: string) {
  const deck = addDeck(collection, name);
  addUndo(collection, 'Add Deck', () => collection.decks.delete(deck.id));
  return deck;
}

const cardCount = ({ cards }: Collection, deckId: number): number =>
  [...cards.values()].filter((card) => card.deckId === deckId).length;

/** Newest first. */
function reviewsByDay({ revlog }: Collection): readonly (readonly [string, number])[] {
  const days = new Map<string, number>();
  for (const { id } of revlog.rows.toReversed()) {
    const day = dayText(dayNumber(id));
    days.set(day, (days.get(day) ?? 0) + 1);
  }
  return [...days];
}
