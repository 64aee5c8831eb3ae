import * as z from 'zod/mini';
import type { Action } from './anki-actions.ts';

// Source: review reference §1.4.

/** The fields of a note by their names, in the order of the note type; the values are HTML. */
export const fieldsSchema = z.record(z.string(), z.object({ value: z.string(), order: z.int() }));

const currentCardSchema = z.object({
  cardId: z.int(),
  fields: fieldsSchema,
  /** Despite its name: of the template, from 0. */
  fieldOrder: z.int().check(z.nonnegative()),
  question: z.string(),
  answer: z.string(),
  buttons: z.array(z.int()),
  /** In the order of `buttons`, with Unicode isolates around the numbers. */
  nextReviews: z.optional(z.array(z.string())),
  modelName: z.string(),
  /** Where the card is now, which may be a filtered deck. */
  deckName: z.string(),
});
export type CurrentCard = z.infer<typeof currentCardSchema>;

/** The card that the reviewer shows, both sides. Without a reviewer it is the error "Gui review is not currently active.". */
export const GUI_CURRENT_CARD: Action<CurrentCard> = { action: 'guiCurrentCard', result: currentCardSchema };

/**
 * Opens the reviewer on a deck, given by its full name, or has it read its queue anew; false: no such deck. True also when nothing
 * is due there. On the Mac it takes the screen and plays the card's audio.
 */
export const guiDeckReview = (name: string): Action<boolean> => ({
  action: 'guiDeckReview',
  params: { name },
  result: z.boolean(),
});

/** Takes back the last thing that anybody did in Anki, soon after it has answered; true whatever comes of it. */
export const GUI_UNDO: Action<boolean> = { action: 'guiUndo', result: z.boolean() };
