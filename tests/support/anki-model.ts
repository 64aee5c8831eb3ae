import type { EpochMs } from '#lib/domain/time.ts';

// What Anki keeps, in the field's own numbers. Source: review reference §1.4 and Anki's database.

export type Template = { readonly name: string; readonly front: string; readonly back: string };

export type NoteType = {
  readonly name: string;
  readonly fields: readonly string[];
  readonly templates: readonly Template[];
  readonly css: string;
  readonly isCloze: boolean;
};

export type Note = {
  readonly id: number;
  readonly noteType: NoteType;
  /** Raw HTML by name. */
  readonly fields: Record<string, string>;
  tags: string[];
};

export type Deck = {
  readonly id: number;
  /** Full, `A::B`. */
  readonly name: string;
  readonly newPerDay: number;
  readonly reviewsPerDay: number;
  /** A deck of cards borrowed from others: their reviews count for their schedule, or only for looking. */
  readonly filtered: 'reschedule' | 'preview' | null;
};

export const QUEUE = {
  userBuried: -3,
  buried: -2,
  suspended: -1,
  new: 0,
  learning: 1,
  review: 2,
  dayLearning: 3,
  preview: 4,
};
export const TYPE = { new: 0, learning: 1, review: 2, relearning: 3 };

export type Card = {
  readonly id: number;
  readonly noteId: number;
  /** Of its template, or of its cloze, from 0. */
  readonly ordinal: number;
  deckId: number;
  /** Where it goes back to from a filtered deck; 0: it is at home. */
  homeDeckId: number;
  /** When it was due there. */
  homeDue: number;
  type: number;
  queue: number;
  /** New: its place; in learning: epoch seconds; in review and learning over days: the day, counted as `today` does. */
  due: number;
  /** Days. */
  interval: number;
  /** Thousandths; 0 before it is graduated. */
  factor: number;
  reps: number;
  lapses: number;
  /** Steps of learning that are left. */
  left: number;
  /** Epoch seconds. */
  mod: number;
  flags: number;
};

/** One row of the review log, with Anki's column names. `id` is unique: the ms at which it was given. */
export type ReviewRow = {
  readonly id: number;
  readonly cardId: number;
  readonly usn: number;
  readonly ease: number;
  /** Days, or negative seconds. */
  readonly ivl: number;
  readonly lastIvl: number;
  readonly factor: number;
  readonly time: number;
  /** 0 learning, 1 review, 2 relearning, 3 filtered. */
  readonly type: number;
};

/** Whatever Anki or its add-on raises; its words are all that a caller is told. */
export class AnkiError extends Error {
  override readonly name = 'AnkiError';
}

/** How far a card has come when it is put into a collection. */
export type Standing =
  | { readonly as: 'new' }
  | { readonly as: 'learning'; readonly dueInMs: number; readonly left?: number }
  | { readonly as: 'review'; readonly intervalDays: number; readonly overdueDays?: number };

export type Clock = () => EpochMs;
