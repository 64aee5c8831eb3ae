import type { ReviewCard } from './card.ts';

type Languages = ReviewCard['languages'];

/** BCP 47 as far as voices go; Anki's own texts write an underscore. */
const LANGUAGE = /^[a-z]{2,3}(?:[-_][a-z\d]{2,8}){0,3}$/i;

/** A language as browsers write it, null where it is none. */
export const readLanguage = (text: string): string | null =>
  LANGUAGE.test(text.trim()) ? text.trim().replaceAll('_', '-') : null;

/** The languages of a card's sides: each by the note's tag, `av:front=es-ES` or `av:back=…`, or else by its deck's. */
export function languagesOf(tags: readonly string[], deck: Languages): Languages {
  const tagged = (side: string): string | null => {
    const start = `av:${side}=`;
    const tag = tags.find((each) => each.toLowerCase().startsWith(start));
    return tag === undefined ? null : readLanguage(tag.slice(start.length));
  };
  return { front: tagged('front') ?? deck.front, back: tagged('back') ?? deck.back };
}

/** The media file that tells the languages of a deck, given by its full name. Source: review reference §2.3 (544205c). */
export const deckLanguageFile = (deck: string): string =>
  `_ankiVoice.deck.${deck.trim().replace(/[^A-Za-z0-9._-]+/g, '_')}.json`;
