import * as z from 'zod/mini';

/** One action of AnkiConnect: its name, its parameters and what its result looks like. */
export type Action<Result> = {
  readonly action: string;
  /** Left out where the action takes none: `null` would be an error. */
  readonly params?: Readonly<Record<string, unknown>>;
  readonly result: z.ZodMiniType<Result>;
};

// Sources: review reference §1.3 and §1.4.

/** Every deck's full name, `A::B`. It needs an open collection, as `version` does not. */
export const DECK_NAMES: Action<string[]> = { action: 'deckNames', result: z.array(z.string()) };

/** Whether Anki shows its reviewer with a card. */
export const GUI_REVIEW_ACTIVE: Action<boolean> = { action: 'guiReviewActive', result: z.boolean() };
