import * as z from 'zod/mini';

/** One action of AnkiConnect: its name, its parameters and what its result looks like. */
export type Action<Result> = {
  readonly action: string;
  /** Left out where the action takes none: `null` would be an error. */
  readonly params?: Readonly<Record<string, unknown>>;
  readonly result: z.ZodMiniType<Result>;
};

// Sources: review reference §1.0, §1.3 and §1.4.

/** The version of its interface, which is 6 in every generation. It answers also while the collection is closed. */
export const VERSION: Action<number> = { action: 'version', result: z.int() };

/** Every deck's full name, `A::B`. It needs an open collection, as `version` does not. */
export const DECK_NAMES: Action<string[]> = { action: 'deckNames', result: z.array(z.string()) };

/** The names of all actions that this generation knows. */
export const API_ACTIONS: Action<string[]> = {
  action: 'apiReflect',
  params: { scopes: ['actions'], actions: null },
  result: z.pipe(
    z.object({ actions: z.array(z.string()) }),
    z.transform(({ actions }) => actions),
  ),
};

/** The name of the open profile; null on the profile screen. "unsupported action" before 2025. */
export const ACTIVE_PROFILE: Action<string | null> = { action: 'getActiveProfile', result: z.nullable(z.string()) };

/**
 * Whether a caller without an Origin may call, and whether it must bear a key; the only action that needs none. It cannot be
 * part of a `multi`.
 */
export const PERMISSION: Action<{ permission: 'granted' | 'denied'; requireApikey?: boolean | undefined }> = {
  action: 'requestPermission',
  result: z.object({ permission: z.enum(['granted', 'denied']), requireApikey: z.optional(z.boolean()) }),
};

/** How many reviews the log has of today, by Anki's change of day. */
export const REVIEWED_TODAY: Action<number> = { action: 'getNumCardsReviewedToday', result: z.int() };

/** Reviews of each day on which there were any, `YYYY-MM-DD`, in no promised order. */
export const REVIEWED_BY_DAY: Action<[day: string, reviews: number][]> = {
  action: 'getNumCardsReviewedByDay',
  result: z.array(z.tuple([z.string(), z.int()])),
};

/** Whether Anki shows its reviewer with a card. */
export const GUI_REVIEW_ACTIVE: Action<boolean> = { action: 'guiReviewActive', result: z.boolean() };
