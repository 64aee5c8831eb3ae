import * as z from 'zod/mini';
import type { Ease } from '#lib/domain/review/card.ts';
import type { Action } from './anki-actions.ts';
import { fieldsSchema } from './gui-actions.ts';

// Source: review reference §1.4.

/** What is not in the collection is `{}` in every list of AnkiConnect, and null here. */
const orMissing = <Found>(found: z.ZodMiniType<Found>): z.ZodMiniType<Found | null> =>
  z.union([
    found,
    z.pipe(
      z.strictObject({}),
      z.transform(() => null),
    ),
  ]);

/** The ids of all cards that match one of Anki's searches, in no order. It knows nothing of daily limits. */
export const findCards = (query: string): Action<number[]> => ({
  action: 'findCards',
  params: { query },
  result: z.array(z.int()),
});

const cardInfoSchema = z.object({
  cardId: z.int(),
  note: z.int(),
  fields: fieldsSchema,
  /** Of its template, from 0. */
  ord: z.int().check(z.nonnegative()),
  question: z.string(),
  answer: z.string(),
  modelName: z.string(),
  deckName: z.string(),
  /** −3 and −2 buried, −1 suspended, 0 new, 1 learning today, 2 review, 3 learning on a later day, 4 preview. */
  queue: z.int(),
  /** Of queue 0: its place; 1 and 4: epoch seconds; 2 and 3: a day of the collection. */
  due: z.int(),
  reps: z.int(),
  /** Epoch seconds. */
  mod: z.int(),
  /** For the four answers; since 2025. */
  nextReviews: z.optional(z.array(z.string())),
});
export type CardInfo = z.infer<typeof cardInfoSchema>;

/** Both sides and all there is to know of some cards, in the order asked; null for a missing one. Heavy: 20 at most a call. */
export const cardsInfo = (cards: readonly number[]): Action<(CardInfo | null)[]> => ({
  action: 'cardsInfo',
  params: { cards },
  result: z.array(orMissing(cardInfoSchema)),
});

const noteInfoSchema = z.object({ noteId: z.int(), tags: z.array(z.string()) });
export type NoteInfo = z.infer<typeof noteInfoSchema>;

/** Some notes with their tags, in the order asked; null for a missing one. */
export const notesInfo = (notes: readonly number[]): Action<(NoteInfo | null)[]> => ({
  action: 'notesInfo',
  params: { notes },
  result: z.array(orMissing(noteInfoSchema)),
});

const templateSchema = z.object({ Front: z.string(), Back: z.string() });

/** The templates of a note type by their names, in its order. A note type that is not there is an error. */
export const modelTemplates = (modelName: string): Action<Record<string, z.infer<typeof templateSchema>>> => ({
  action: 'modelTemplates',
  params: { modelName },
  result: z.record(z.string(), templateSchema),
});

const reviewSchema = z.object({
  /** Epoch ms of the answer; unique in the log. */
  id: z.int(),
  /** 0 where it was no answer: somebody rescheduled the card by hand. */
  ease: z.int(),
});

/** All rows of the review log of some cards, by the card's id as a string, in no promised order; empty also for a missing card. */
export const getReviewsOfCards = (
  cards: readonly number[],
): Action<Record<string, { id: number; ease: number }[]>> => ({
  action: 'getReviewsOfCards',
  params: { cards },
  result: z.record(z.string(), z.array(reviewSchema)),
});

/**
 * Answers cards now, whatever they were like before; `[false]` for a card that is missing. "not at top of queue" when a queue is
 * built and the card is neither its front nor in learning: then that answer was not counted, but those before it in the list were.
 * Give it one at a time.
 */
export const answerCards = (answers: readonly { cardId: number; ease: Ease }[]): Action<boolean[]> => ({
  action: 'answerCards',
  params: { answers },
  result: z.array(z.boolean()),
});
