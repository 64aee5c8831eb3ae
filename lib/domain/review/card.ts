import type { EpochMs } from '#lib/domain/time.ts';

/** The four answers, as Anki numbers them. */
export const EASES = [1, 2, 3, 4] as const;
export type Ease = (typeof EASES)[number];

export const EASE_WORDS: Readonly<Record<Ease, string>> = { 1: 'Again', 2: 'Hard', 3: 'Good', 4: 'Easy' };

/** Where a card stands in Anki's queue. */
export const QUEUES = ['new', 'learning', 'review'] as const;
export type Queue = (typeof QUEUES)[number];

/** How many cards are left to review today, after the deck's limits and with its subdecks. */
export type Counts = Readonly<Record<Queue, number>>;

/** What a card was like when it was shown. Whoever grades it compares: a card that moved on since is not graded. */
export type Guard = {
  /** How many reviews Anki's log has of it, and the id of the newest (the ms it was given at); null for none. */
  readonly revlogCount: number;
  readonly revlogMax: number | null;
  readonly reps: number;
  /** Epoch seconds of its last change. */
  readonly mod: number;
};

export type AnswerButton = {
  readonly ease: Ease;
  /** When Anki would show it next, as Anki writes it (`<10m`, `4d`, `1.2mo`); null where it did not say. */
  readonly next: string | null;
};

/** What one `[anki:play:q:0]` of a card stands for. */
export type Sound =
  | { readonly kind: 'file'; readonly name: string }
  | { readonly kind: 'speech'; readonly text: string; readonly lang: string };

/** One `[[type:Field]]` of a card, in the order of the template. */
export type TypedField = {
  readonly field: string;
  /** The plain text to be typed. */
  readonly expected: string;
  /** `nc`: accents do not count. */
  readonly ignoresAccents: boolean;
};

/** One card with both sides, as Anki renders it. */
export type ReviewCard = {
  readonly cardId: number;
  /** Null where the gateway does not tell. */
  readonly noteId: number | null;
  /** Full name, `A::B`; null where the gateway does not tell. */
  readonly deck: string | null;
  /** Empty where the gateway does not tell. */
  readonly noteType: string;
  /** Of its template, from 0. */
  readonly ordinal: number;
  /** HTML, beginning with its `<style>`; media by their file names. */
  readonly question: string;
  readonly answer: string;
  /** Those that Anki offers, in their order. */
  readonly buttons: readonly AnswerButton[];
  readonly queue: Queue | null;
  /** For a card in learning: from when on it is due; null otherwise. */
  readonly dueAt: EpochMs | null;
  readonly tags: readonly string[];
  /** Null where the gateway has no review log. */
  readonly guard: Guard | null;
  /** What each side's play marks stand for, in order; null where that could not be found out. */
  readonly sounds: { readonly question: readonly Sound[]; readonly answer: readonly Sound[] } | null;
  /** All sound files of its note, for a card whose marks could not be read. */
  readonly looseSounds: readonly string[];
  readonly typed: readonly TypedField[];
  /** The names of all files in both sides and in `sounds`. */
  readonly media: readonly string[];
  /** BCP 47, from the note's tags `av:front=`, `av:back=` or else the deck's file; null for neither. */
  readonly languages: { readonly front: string | null; readonly back: string | null };
};
