import { SECOND } from '#lib/domain/time.ts';
import { type Collection, today } from './anki-collection.ts';
import { AnkiError, type Card, QUEUE, TYPE } from './anki-model.ts';
import { popFromQueue, requeue, tallyOf } from './anki-queue.ts';
import { isPreviewed, nextStates, stateOf } from './anki-states.ts';

// What changes a collection, and what can be undone of it. Source: review reference §1.4 and §3.1.

const MOST_UNDO_STEPS = 30;

/** Does something as one step that can be undone. One that fails costs every earlier step and the queue. */
function transact(collection: Collection, name: string, run: () => () => void): void {
  try {
    addUndo(collection, name, run());
  } catch (error) {
    forgetUndo(collection);
    collection.queue = null;
    throw error;
  }
}

export function addUndo(collection: Collection, name: string, undo: () => void): void {
  collection.undoSteps = [...collection.undoSteps, { name, day: today(collection), undo }].slice(-MOST_UNDO_STEPS);
}

/** As after a sync, a failure, and most writes of AnkiConnect. */
export function forgetUndo(collection: Collection): void {
  collection.undoSteps = [];
}

/** Takes back the last step of anyone; without one nothing happens. Tells whether there was one. */
export function undoLast(collection: Collection): boolean {
  collection.undoSteps = collection.undoSteps.filter(({ day }) => day === today(collection));
  const last = collection.undoSteps.at(-1);
  if (last === undefined) return false;
  collection.undoSteps = collection.undoSteps.slice(0, -1);
  last.undo();
  return true;
}

export function cardOf({ cards }: Collection, cardId: number): Card {
  const card = cards.get(cardId);
  if (card === undefined) throw new AnkiError(`No such card: '${cardId}'`);
  return card;
}

export type Answer = {
  readonly ease: number;
  readonly msTaken: number;
  /** The state in which it was shown, for the comparison that the reviewer has made; `answerCards` makes none. */
  readonly shownState?: string;
};

/** Counts one answer: schedule, log, limits, queue. */
export function answerCard(collection: Collection, cardId: number, { ease, msTaken, shownState }: Answer): void {
  if (![1, 2, 3, 4].includes(ease)) throw new AnkiError('invalid ease');
  transact(collection, 'Answer Card', () => {
    const card = cardOf(collection, cardId);
    if (shownState !== undefined && shownState !== stateOf(card)) throw new AnkiError('card was modified');
    const before = { ...card };
    const putBack = popFromQueue(collection, cardId);
    const giveBack = take(collection, card);
    const row = move(collection, card, ease);
    const id = Math.max(collection.now(), (collection.revlog.rows.at(-1)?.id ?? 0) + 1);
    collection.revlog.add({ id, cardId, usn: -1, ease, time: Math.round(msTaken), ...row });
    requeue(collection, card);
    return () => {
      Object.assign(card, before);
      collection.revlog.remove(id);
      giveBack();
      putBack();
    };
  });
}

/** Brings a card to the state that the answer leads to; tells what the log has of it. */
function move(collection: Collection, card: Card, ease: number) {
  const next = nextStates(collection, card)[ease - 1];
  if (next === undefined) throw new AnkiError('invalid ease');
  const isPreview = isPreviewed(collection, card);
  const lastIvl = lastIntervalOf(card);
  const kind = isPreview ? 3 : LOGGED_AS[card.type];
  Object.assign(card, next.becomes);
  card.mod = Math.floor(collection.now() / SECOND);
  if (!isPreview) card.reps += 1;
  if (card.homeDeckId !== 0 && card.queue !== QUEUE.preview) goHome(card);
  return { ivl: next.ivl, lastIvl, factor: card.factor, type: kind ?? 0 };
}

/** By the card's type: learning, learning, review, relearning. */
const LOGGED_AS: readonly number[] = [0, 0, 1, 2];

function lastIntervalOf({ type, interval, left }: Card): number {
  if (type === TYPE.review) return interval;
  if (type === TYPE.new) return 0;
  return left > 1 ? -60 : -600;
}

function goHome(card: Card): void {
  card.deckId = card.homeDeckId;
  card.homeDeckId = 0;
  card.homeDue = 0;
}

/** Takes a new card or a review from the limits of its deck and of those above; tells how to give it back. */
function take(collection: Collection, card: Card): () => void {
  const kind = card.queue === QUEUE.new ? 'new' : card.queue === QUEUE.review ? 'review' : null;
  const deck = collection.decks.get(card.deckId);
  if (kind === null || deck === undefined) return () => undefined;
  const lineage = [...collection.decks.values()].filter(
    ({ name }) => deck.name === name || deck.name.startsWith(`${name}::`),
  );
  const before = lineage.map(({ id }) => [id, tallyOf(collection, id)] as const);
  for (const [id, tally] of before) collection.tallies.set(id, { ...tally, [kind]: tally[kind] + 1 });
  return () => {
    for (const [id, tally] of before) collection.tallies.set(id, tally);
  };
}

/** Changes cards outside a review, which drops the queue. */
function change(
  collection: Collection,
  name: string,
  { cards, to }: { cards: readonly Card[]; to: Partial<Card> },
): void {
  transact(collection, name, () => {
    const before = cards.map((card) => ({ ...card }));
    for (const card of cards) Object.assign(card, to, { mod: Math.floor(collection.now() / SECOND) });
    collection.queue = null;
    return () => {
      for (const [place, card] of cards.entries()) Object.assign(card, before[place]);
      collection.queue = null;
    };
  });
}

export function suspendCards(collection: Collection, cards: readonly Card[]): void {
  change(collection, 'Suspend', { cards, to: { queue: QUEUE.suspended } });
}

export function unsuspendCards(collection: Collection, cards: readonly Card[]): void {
  for (const card of cards.filter(({ queue }) => queue === QUEUE.suspended)) {
    change(collection, 'Unsuspend', { cards: [card], to: { queue: QUEUE_OF_TYPE[card.type] ?? QUEUE.new } });
  }
}

const QUEUE_OF_TYPE: readonly number[] = [QUEUE.new, QUEUE.learning, QUEUE.review, QUEUE.learning];

export function buryCard(collection: Collection, card: Card): void {
  change(collection, 'Bury', { cards: [card], to: { queue: QUEUE.userBuried } });
}

/** Removes a card's note with all its cards. Their rows stay in the log. */
export function deleteNote(collection: Collection, { noteId }: Card): void {
  const note = collection.notes.get(noteId);
  const cards = [...collection.cards.values()].filter((card) => card.noteId === noteId);
  if (note === undefined) return;
  transact(collection, 'Delete Note', () => {
    collection.notes.delete(noteId);
    for (const { id } of cards) collection.cards.delete(id);
    collection.queue = null;
    return () => {
      collection.notes.set(noteId, note);
      for (const card of cards) collection.cards.set(card.id, card);
      collection.queue = null;
    };
  });
}

/** Writes one field, as an editor does. It leaves the queue as it is. */
export function editNote(collection: Collection, { noteId }: Card, [field, html]: readonly [string, string]): void {
  const note = collection.notes.get(noteId);
  const before = note?.fields[field];
  if (note === undefined || before === undefined) throw new AnkiError(`No such field: '${field}' of ${noteId}`);
  transact(collection, 'Update Note', () => {
    note.fields[field] = html;
    return () => {
      note.fields[field] = before;
    };
  });
}
