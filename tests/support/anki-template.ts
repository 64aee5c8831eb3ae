import { createHash } from 'node:crypto';
import { clozeFilter } from './anki-cloze.ts';
import type { Collection } from './anki-collection.ts';
import { AnkiError, type Card, type Note, type Template } from './anki-model.ts';

/** What AnkiConnect gives of a card: each side with its style first, sounds and speech as numbered marks. */
export type Rendered = { readonly question: string; readonly answer: string };

type Side = 'q' | 'a';

/** Renders both sides as Anki does. Source: review reference §1.4 (`guiCurrentCard`) and §4.1. */
export function renderCard(collection: Collection, card: Card): Rendered {
  const note = collection.notes.get(card.noteId);
  const template = note && templateOf(note, card);
  if (note === undefined || template === undefined) throw new AnkiError(`No such card: '${card.id}'`);
  const fields = { ...note.fields, ...specialFields(collection, { card, note, template }) };
  const front = marked(expand(template.front, { fields, card, side: 'q' }), 'q');
  const back = marked(expand(template.back, { fields: { ...fields, FrontSide: front }, card, side: 'a' }), 'a');
  const style = `<style>${note.noteType.css}</style>`;
  return { question: style + withLatex(front), answer: style + withLatex(back) };
}

export const templateOf = ({ noteType }: Note, { ordinal }: Card): Template | undefined =>
  noteType.templates[noteType.isCloze ? 0 : ordinal];

type Subject = { readonly card: Card; readonly note: Note; readonly template: Template };

function specialFields({ decks }: Collection, { card, note, template }: Subject): Record<string, string> {
  const deck = decks.get(card.deckId)?.name ?? '';
  return {
    Tags: note.tags.join(' '),
    Type: note.noteType.name,
    Card: template.name,
    Deck: deck,
    Subdeck: deck.split('::').at(-1) ?? '',
    CardFlag: `flag${card.flags}`,
  };
}

type Context = { readonly fields: Readonly<Record<string, string>>; readonly card: Card; readonly side: Side };

const SECTION = /\{\{([#^])([^{}]+)\}\}((?:(?!\{\{[#^]).)*?)\{\{\/\2\}\}/s;

/** Sections from the inside out, then the fields with their filters. */
function expand(template: string, context: Context): string {
  let text = template;
  for (let section = SECTION.exec(text); section !== null; section = SECTION.exec(text)) {
    const [whole, kind = '', name = '', inner = ''] = section;
    const isFilled = isShown(name, context);
    text = text.replace(whole, () => ((kind === '#') === isFilled ? inner : ''));
  }
  return text.replace(/\{\{([^{}]+)\}\}/g, (_, tag: string) => fieldOf(tag.trim(), context));
}

/** Breaks alone leave a field empty; `{{#c2}}` is for the card of the second cloze. */
function isShown(name: string, { fields, card }: Context): boolean {
  const value = fields[name];
  return value === undefined ? name === `c${card.ordinal + 1}` : !/^(?:\s|<\/?(?:br|div)\s?\/?>)*$/i.test(value);
}

/** One `{{filter:filter:Field}}`, its filters from right to left. */
function fieldOf(tag: string, context: Context): string {
  const parts = tag.split(':');
  const name = parts.pop() ?? '';
  if (parts[0] === 'type') return `[[${[...parts, name].join(':')}]]`;
  const value = context.fields[name];
  if (value === undefined) return `{unknown field ${name}}`;
  return parts.reduceRight((text, filter) => filtered(text, { filter, name, context }), value);
}

type Filtering = { readonly filter: string; readonly name: string; readonly context: Context };

function filtered(text: string, { filter, name, context }: Filtering): string {
  const [word, ...options] = filter.split(' ');
  switch (word) {
    case 'cloze':
      return clozeFilter(text, { ordinal: context.card.ordinal, side: context.side });
    case 'hint':
      return text.trim() === '' ? '' : hint(text, name);
    case 'furigana':
      return text.replace(/ ?([^ >]+?)\[(?!sound:)(.+?)\]/g, '<ruby><rb>$1</rb><rt>$2</rt></ruby>');
    case 'kana':
      return text.replace(/ ?([^ >]+?)\[(?!sound:)(.+?)\]/g, '$2');
    case 'kanji':
      return text.replace(/ ?([^ >]+?)\[(?!sound:)(.+?)\]/g, '$1');
    case 'text':
      return text.replace(/<[^>]*>/g, '');
    case 'tts':
      return `[anki:tts lang=${options[0] ?? 'en_US'}]${text.replace(/<[^>]*>/g, '')}[/anki:tts]`;
    default:
      return text;
  }
}

/** As Anki has it, inline handler and all. */
function hint(text: string, name: string): string {
  const id = `hint${createHash('sha1').update(text).digest('hex').slice(0, 8)}`;
  return `<a class=hint href="#" onclick="this.style.display='none';document.getElementById('${id}').style.display='block';return false;">${name}</a><div id="${id}" class=hint style="display: none">${text}</div>`;
}

/** Sounds and speech become numbered marks, both counted together; their names are nowhere else. */
function marked(html: string, side: Side): string {
  let index = 0;
  return html.replace(/\[sound:[^\]]+\]|\[anki:tts[^\]]*\].*?\[\/anki:tts\]/gs, () => `[anki:play:${side}:${index++}]`);
}

const withLatex = (html: string): string =>
  html.replace(/\[latex\](.*?)\[\/latex\]|\[\$\](.*?)\[\/\$\]/gs, (whole: string) => {
    const sha = createHash('sha1').update(whole).digest('hex');
    return `<img class=latex alt="${whole.replaceAll('"', '&quot;')}" src="latex-${sha}.png">`;
  });
