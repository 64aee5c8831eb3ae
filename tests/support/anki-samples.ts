import { addNote, type Collection, createCollection, deckNamed } from './anki-collection.ts';
import type { Clock, NoteType, Standing } from './anki-model.ts';

export const BASIC: NoteType = {
  name: 'Basic',
  fields: ['Front', 'Back'],
  templates: [{ name: 'Card 1', front: '{{Front}}', back: '{{FrontSide}}<hr id=answer>{{Back}}' }],
  css: '.card { font-size: 20px }',
  isCloze: false,
};

export type Plain = {
  readonly cards: number;
  readonly now?: Clock;
  readonly deck?: string;
  /** All of them are due today, after an interval of 10 days, unless told. */
  readonly standing?: Standing;
};

/** A collection of as many plain cards in one deck, which is the current one, without a daily limit. */
export function plainCollection({ cards, now, deck = 'Plain', standing }: Plain): Collection {
  const collection = createCollection(now);
  addPlainNotes(collection, { cards, deck, standing: standing ?? { as: 'review', intervalDays: 10 } });
  const made = deckNamed(collection, deck);
  if (made !== null) {
    collection.decks.set(made.id, { ...made, newPerDay: 99_999, reviewsPerDay: 99_999 });
    collection.currentDeckId = made.id;
  }
  return collection;
}

export function addPlainNotes(
  collection: Collection,
  { cards, deck, standing }: Required<Pick<Plain, 'cards' | 'deck' | 'standing'>>,
): void {
  for (let number = 1; number <= cards; number += 1) {
    const fields = { Front: `question ${number}`, Back: `answer ${number}` };
    addNote(collection, { deck, noteType: BASIC, fields, standing });
  }
}
