import * as z from 'zod/mini';
import { assembleCard, buttonsOf } from '#lib/domain/review/assemble-card.ts';
import type { ReviewCard } from '#lib/domain/review/card.ts';
import { deckLanguageFile, readLanguage } from '#lib/domain/review/card-languages.ts';
import { hasSounds, type Template } from '#lib/domain/review/card-sounds.ts';
import type { Review } from '#lib/domain/review/grading.ts';
import { type DurationMs, MINUTE } from '#lib/domain/time.ts';
import type { Action } from './anki-actions.ts';
import type { AnkiConnectClient, Called, Reply } from './anki-connect.ts';
import { callRead } from './call-read.ts';
import { type CardInfo, modelTemplates, notesInfo } from './card-actions.ts';
import type { CurrentCard } from './gui-actions.ts';
import { retrieveMediaFile } from './media-actions.ts';
import { createMemory, type Memory } from './memory.ts';
import { parseJson } from './parse-json.ts';

/** A card that is in the collection, with its rows of the log. */
export type Loaded = CardInfo & { readonly reviews: readonly Review[] };

/** The replies to `cardsInfo` and `getReviewsOfCards` for the same cards, put together; those that are missing are left out. */
export const pairLoaded = (
  cards: readonly (CardInfo | null)[],
  reviews: Readonly<Record<string, readonly Review[]>>,
): Loaded[] =>
  cards.flatMap((card) => (card === null ? [] : [{ ...card, reviews: reviews[String(card.cardId)] ?? [] }]));

export type CardReader = {
  /**
   * Cards with everything that is in their HTML only by name, in the same order, within one call. Whatever of that cannot be had
   * is missing; that is no failure. `shown`: what Anki's reviewer shows.
   */
  readonly complete: (
    loaded: readonly Loaded[],
    more: { readonly shown: CurrentCard | null; readonly patienceMs: DurationMs },
  ) => Promise<ReviewCard[]>;
};

type Languages = ReviewCard['languages'];
const NO_LANGUAGES: Languages = { front: null, back: null };

type Known = { readonly templates: Memory<readonly Template[]>; readonly languages: Memory<Languages> };

/** Keeps templates for a minute and decks' languages for five, since an owner may edit them. */
export function createCardReader(anki: AnkiConnectClient): CardReader {
  const known: Known = { templates: createMemory(MINUTE), languages: createMemory(5 * MINUTE) };
  return {
    complete: async (loaded, { shown, patienceMs }) => {
      if (loaded.length === 0) return [];
      const asked = questionsOf(loaded, known);
      const called = await callRead(() => anki.callAll(asked, { patienceMs, limitBytes: LIMIT_BYTES }));
      const tags = learn(called, known);
      return loaded.map((card) =>
        assembleCard(card, {
          reviews: card.reviews,
          tags: tags.get(card.note) ?? [],
          template: templateOf(card, known),
          deckLanguages: known.languages.recall(card.deckName) ?? NO_LANGUAGES,
          offered: shown?.cardId === card.cardId ? offeredBy(shown) : null,
        }),
      );
    },
  };
}

/** The fields of notes come with their tags, whatever images their authors have pasted into them. */
const LIMIT_BYTES = 16_777_216;

function offeredBy({ buttons, nextReviews }: CurrentCard): ReviewCard['buttons'] | null {
  const offered = buttonsOf(buttons, nextReviews);
  return offered.length === 0 ? null : offered;
}

/** A call for what is not known yet. */
type Fetched =
  | { readonly of: 'notes'; readonly tags: readonly (readonly [note: number, tags: readonly string[]])[] }
  | { readonly of: 'templates'; readonly noteType: string; readonly templates: readonly Template[] }
  | { readonly of: 'languages'; readonly deck: string; readonly languages: Languages };

function questionsOf(loaded: readonly Loaded[], { templates, languages }: Known): Action<Fetched>[] {
  const notes = unique(loaded.map(({ note }) => note));
  const noteTypes = unique(loaded.filter(hasSounds).map(({ modelName }) => modelName));
  const decks = unique(loaded.map(({ deckName }) => deckName));
  return [
    reading(notesInfo(notes), (found) => ({
      of: 'notes',
      tags: found.flatMap((note) => (note === null ? [] : [[note.noteId, note.tags] as const])),
    })),
    ...noteTypes
      .filter((noteType) => templates.recall(noteType) === undefined)
      .map((noteType) =>
        reading(modelTemplates(noteType), (found) => ({ of: 'templates', noteType, templates: inOrder(found) })),
      ),
    ...decks
      .filter((deck) => languages.recall(deck) === undefined)
      .map((deck) =>
        reading(retrieveMediaFile(deckLanguageFile(deck)), (file) => ({
          of: 'languages',
          deck,
          languages: file === false ? NO_LANGUAGES : readLanguages(file),
        })),
      ),
  ];
}

const unique = <Item>(items: readonly Item[]): Item[] => [...new Set(items)];

const reading = <Result>({ result, ...rest }: Action<Result>, read: (value: Result) => Fetched): Action<Fetched> => ({
  ...rest,
  result: z.pipe(result, z.transform(read)),
});

/** Keeps what came; gives the tags of each note, which change too often to be kept. */
function learn(
  called: Called<readonly Reply<Fetched>[]>,
  { templates, languages }: Known,
): ReadonlyMap<number, readonly string[]> {
  const tags = new Map<number, readonly string[]>();
  const replies = called.outcome === 'answered' ? called.value : [];
  for (const value of replies.flatMap((reply) => (reply.outcome === 'answered' ? [reply.value] : []))) {
    if (value.of === 'templates') templates.keep(value.noteType, value.templates);
    else if (value.of === 'languages') languages.keep(value.deck, value.languages);
    else for (const [note, of] of value.tags) tags.set(note, of);
  }
  return tags;
}

/** The templates of a note type in its order. JSON loses that order where several have whole numbers for names: then none. */
function inOrder(found: Readonly<Record<string, { Front: string; Back: string }>>): Template[] {
  const names = Object.keys(found);
  if (names.length > 1 && names.some((name) => /^\d+$/.test(name))) return [];
  return Object.values(found).map(({ Front, Back }) => ({ front: Front, back: Back }));
}

/** All cards of a cloze note have the one template of its type. */
function templateOf({ modelName, ord }: CardInfo, { templates }: Known): Template | null {
  const known = templates.recall(modelName) ?? [];
  return (known.length === 1 ? known[0] : known[ord]) ?? null;
}

const language = z.catch(z.nullable(z.pipe(z.string(), z.transform(readLanguage))), null);
const languagesSchema = z.object({ frontLang: language, backLang: language });

function readLanguages(base64: string): Languages {
  const read = languagesSchema.safeParse(parseJson(Buffer.from(base64, 'base64').toString()));
  return read.success ? { front: read.data.frontLang, back: read.data.backLang } : NO_LANGUAGES;
}
