import type { EpochMs } from '#lib/domain/time.ts';
import { type AnswerButton, EASES, type Guard, type Queue, type ReviewCard } from './card.ts';
import { languagesOf } from './card-languages.ts';
import { fileNames, looseSounds, soundsOf, type Template, withoutPlayMarks } from './card-sounds.ts';
import type { Review } from './grading.ts';
import { mediaNames } from './media-name.ts';
import { typedFields } from './typed-fields.ts';

/** A card as AnkiConnect tells it. */
export type AnkiCard = {
  readonly cardId: number;
  readonly note: number;
  /** By name; the values are HTML. */
  readonly fields: Readonly<Record<string, { readonly value: string }>>;
  readonly ord: number;
  readonly question: string;
  readonly answer: string;
  readonly modelName: string;
  readonly deckName: string;
  readonly queue: number;
  readonly due: number;
  readonly reps: number;
  readonly mod: number;
  readonly nextReviews?: readonly string[] | undefined;
};

/** What else belongs to a card; null and empty stand for what was not to be had. */
export type Beside = {
  readonly reviews: readonly Review[];
  readonly tags: readonly string[];
  readonly template: Template | null;
  readonly deckLanguages: ReviewCard['languages'];
  /** Set where Anki's reviewer shows this card: exactly these buttons. */
  readonly offered: readonly AnswerButton[] | null;
};

/** One card, with everything that its HTML needs. */
export function assembleCard(card: AnkiCard, beside: Beside): ReviewCard {
  const { question, answer, ord: ordinal, deckName: deck, modelName: noteType } = card;
  const fields = Object.fromEntries(Object.entries(card.fields).map(([name, { value }]) => [name, value]));
  const sounds = soundsOf(card, beside.template, { fields, ordinal, deck, noteType, tags: beside.tags });
  const loose = looseSounds(fields);
  const played = sounds === null ? loose : fileNames([...sounds.question, ...sounds.answer]);
  return {
    cardId: card.cardId,
    noteId: card.note,
    deck,
    noteType,
    ordinal,
    question: sounds === null ? withoutPlayMarks(question) : question,
    answer: sounds === null ? withoutPlayMarks(answer) : answer,
    buttons: beside.offered ?? buttonsOf(EASES, card.nextReviews),
    queue: queueOf(card),
    dueAt: dueAt(card),
    tags: beside.tags,
    guard: guardOf(card, beside.reviews),
    sounds,
    looseSounds: loose,
    typed: typedFields([question, answer], { fields, ordinal }),
    media: [...new Set([...mediaNames(question), ...mediaNames(answer), ...played])],
    languages: languagesOf(beside.tags, beside.deckLanguages),
  };
}

/** Around the numbers of its intervals Anki puts isolates, for languages that are written from the right. */
const ISOLATES = /[\u2066-\u2069]/g;

/** One button for each ease that Anki knows, with the intervals in the same order. */
export const buttonsOf = (eases: readonly number[], intervals: readonly string[] = []): AnswerButton[] =>
  eases.flatMap((number, place) => {
    const ease = EASES.find((each) => each === number);
    const next = intervals[place]?.replace(ISOLATES, '') ?? null;
    return ease === undefined ? [] : [{ ease, next: next === '' ? null : next }];
  });

/** Null for a card that is suspended or buried. Source of the numbers: rslib/src/card/mod.rs of ankitects/anki. */
export function queueOf({ queue }: Pick<AnkiCard, 'queue'>): Queue | null {
  if (queue < 0) return null;
  if (queue === 0) return 'new';
  return queue === 2 ? 'review' : 'learning';
}

/** Only the queues of today's learning and of previews tell a moment, in seconds; the others tell a day or a place. */
export function dueAt({ queue, due }: Pick<AnkiCard, 'queue' | 'due'>): EpochMs | null {
  const at = due * 1_000;
  return (queue === 1 || queue === 4) && Number.isSafeInteger(at) ? at : null;
}

const guardOf = ({ reps, mod }: AnkiCard, reviews: readonly Review[]): Guard => ({
  revlogCount: reviews.length,
  revlogMax: reviews.length === 0 ? null : Math.max(...reviews.map(({ id }) => id)),
  reps,
  mod,
});
