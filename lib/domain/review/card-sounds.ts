import type { ReviewCard, Sound } from './card.ts';
import { plainText } from './html-text.ts';
import { soundName } from './media-name.ts';
import { expandTemplate, type Filling } from './template.ts';

export type Template = { readonly front: string; readonly back: string };

type Sides = { readonly question: string; readonly answer: string };

/** Whether either side plays anything. */
export const hasSounds = ({ question, answer }: Sides): boolean =>
  marks(question, 'q').size > 0 || marks(answer, 'a').size > 0;

/**
 * What each play mark of a card stands for, found by filling in its template as Anki did before it put marks in place of sounds.
 * Null where there are not as many as there are marks, so that none is ever mistaken for another.
 */
export function soundsOf(
  sides: Sides,
  template: Template | null,
  filling: Omit<Filling, 'side'>,
): ReviewCard['sounds'] {
  if (!hasSounds(sides)) return { question: [], answer: [] };
  if (template === null) return null;
  const question = soundsIn(expandTemplate(template.front, { ...filling, side: 'question' }));
  const answer = soundsIn(expandTemplate(template.back, { ...filling, side: 'answer' }));
  const fits = isNumbering(marks(sides.question, 'q'), question) && isNumbering(marks(sides.answer, 'a'), answer);
  return fits ? { question, answer } : null;
}

const PLAY_MARK = /\[anki:play:[qa]:\d{1,4}\]/g;
/** What the bridge of the review server puts in place of a mark; only Anki's own window knows what it plays. */
const PLAY_BUTTON = /<a\b[^<>]{0,300}\bsoundLink\b[^<>]{0,300}>(?:(?!<a\b)[\s\S]){0,2000}?<\/a>/gi;

/** A side without what could be pressed to play a sound, for a card whose sounds are not known: it would play nothing. */
export const withoutPlayMarks = (html: string): string => html.replace(PLAY_BUTTON, '').replace(PLAY_MARK, '');

/** The names of all sound files in the fields of a note, each once. */
export const looseSounds = (fields: Readonly<Record<string, string>>): string[] =>
  fileNames(Object.values(fields).flatMap(soundsIn));

/** The names of the files among some sounds, each once. */
export const fileNames = (sounds: readonly Sound[]): string[] => [
  ...new Set(sounds.flatMap((sound) => (sound.kind === 'file' && sound.name !== '' ? [sound.name] : []))),
];

function marks(html: string, side: 'q' | 'a'): ReadonlySet<number> {
  const pattern = /\[anki:play:([qa]):(\d{1,4})\]/g;
  return new Set([...html.matchAll(pattern)].filter(([, of]) => of === side).map(([, , index]) => Number(index)));
}

const isNumbering = (indexes: ReadonlySet<number>, sounds: readonly Sound[]): boolean =>
  indexes.size === sounds.length && sounds.every((_, index) => indexes.has(index));

/** None holds the beginning of another, so that whatever is in a field is read once, ends or no ends. */
const SOUND = new RegExp(
  [
    String.raw`\[sound:((?:(?!\[sound:)[^\]]){1,1000})\]`,
    String.raw`\[anki:tts\s((?:(?!\[anki:tts)[^\]]){1,1000})\]((?:(?!\[\/?anki:tts)[\s\S]){0,20000})\[\/anki:tts\]`,
  ].join('|'),
  'g',
);

/** In the order in which Anki numbers them. Source: rslib/src/card_rendering of ankitects/anki. */
const soundsIn = (html: string): Sound[] =>
  [...html.matchAll(SOUND)].map(([, file, options = '', text = '']) =>
    file === undefined
      ? { kind: 'speech', text: plainText(text), lang: languageIn(options) }
      : // A name that no file can have keeps its place and plays nothing.
        { kind: 'file', name: soundName(file) ?? '' },
  );

/** `lang=es_ES voices=…`; a language as browsers write it. */
const languageIn = (options: string): string =>
  /(?:^|\s)lang=([^\s]{1,35})/.exec(options)?.[1]?.replaceAll('_', '-') ?? 'en-US';
