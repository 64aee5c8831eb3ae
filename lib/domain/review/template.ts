import { clozeOnly, clozeText } from './cloze.ts';

/** What a template is filled with. */
export type Filling = {
  /** HTML, by the name of the field. */
  readonly fields: Readonly<Record<string, string>>;
  readonly deck: string;
  readonly noteType: string;
  readonly tags: readonly string[];
  /** Of the card, from 0. */
  readonly ordinal: number;
  readonly side: 'question' | 'answer';
};

const TOKEN = /<!--[\s\S]*?(?:-->|$)|\{\{([^{}]{1,500})\}\}/g;

/**
 * A template with its sections chosen and its fields filled in, as far as sounds go: fields to type into and the front side,
 * whose sounds are the question's, come to nothing; a comment stays as it is. Source: rslib/src/template.rs of ankitects/anki.
 */
export function expandTemplate(template: string, filling: Filling): string {
  const output: string[] = [];
  const sections: { readonly name: string; readonly isShown: boolean }[] = [];
  const isShown = () => sections.every((section) => section.isShown);
  const add = (text: string) => {
    if (isShown()) output.push(text);
  };
  let from = 0;
  for (const { 0: mark, 1: inner, index } of template.matchAll(TOKEN)) {
    add(template.slice(from, index));
    from = index + mark.length;
    const tag = inner?.trim() ?? '';
    const name = tag.slice(1).trim();
    if (inner === undefined) add(mark);
    else if (tag.startsWith('#')) sections.push({ name, isShown: isFilled(name, filling) });
    else if (tag.startsWith('^')) sections.push({ name, isShown: !isFilled(name, filling) });
    else if (tag.startsWith('/')) sections.pop();
    else add(replacement(tag, filling));
  }
  add(template.slice(from));
  return output.join('');
}

const EMPTY = /^(?:\s|<\/?(?:br|div)\s?\/?>)*$/i;

function isFilled(name: string, filling: Filling): boolean {
  const value = readValue(name, filling);
  // `{{#c2}}` is shown on the card of the second cloze.
  if (value === null) return name === `c${filling.ordinal + 1}`;
  return !EMPTY.test(value);
}

function replacement(tag: string, filling: Filling): string {
  const filters = tag.split(':').map((part) => part.trim());
  const field = filters.pop() ?? '';
  if (filters.includes('type') || filters.includes('tts-voices')) return '';
  return filters.reduceRight((text, filter) => filtered(text, filter, filling), readValue(field, filling) ?? '');
}

function filtered(text: string, filter: string, { ordinal, side }: Filling): string {
  if (filter === 'cloze') return clozeText(text, ordinal, side);
  if (filter === 'cloze-only') return clozeOnly(text, ordinal, side);
  const [, options] = /^tts\s(.*)$/s.exec(filter) ?? [];
  // Whatever else filters do, they leave a sound where it is.
  return options === undefined ? text : `[anki:tts lang=${options.trim()}]${text}[/anki:tts]`;
}

function readValue(name: string, { fields, deck, noteType, tags }: Filling): string | null {
  if (Object.hasOwn(fields, name)) return fields[name] ?? null;
  switch (name) {
    case 'FrontSide':
      return '';
    case 'Deck':
      return deck;
    case 'Subdeck':
      return deck.split('::').at(-1) ?? deck;
    case 'Type':
      return noteType;
    case 'Tags':
      return tags.join(' ');
    default:
      return null;
  }
}
