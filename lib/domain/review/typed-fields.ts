import type { TypedField } from './card.ts';
import { clozeAnswer } from './cloze.ts';
import { plainText } from './html-text.ts';

const MARK = /\[\[type:([^\]]{1,200})\]\]/g;
const SOUND = /\[(?:sound|anki:play):[^\]]{1,1000}\]/g;

type Of = { readonly fields: Readonly<Record<string, string>>; readonly ordinal: number };

/**
 * What is to be typed, one for each different `[[type:…]]` of the question and then of the answer. A mark for a field that the
 * note has not, or that is empty, is left out. Source: `typeAnsQuestionFilter` in qt/aqt/reviewer.py of ankitects/anki.
 */
export function typedFields(sides: readonly string[], { fields, ordinal }: Of): TypedField[] {
  const marks = new Set(sides.flatMap((html) => [...html.matchAll(MARK)].map(([, mark = '']) => mark)));
  return [...marks].flatMap((mark) => {
    const prefixes = mark.split(':');
    const field = prefixes.pop() ?? '';
    const value = Object.hasOwn(fields, field) ? fields[field] : undefined;
    if (value === undefined) return [];
    const shown = prefixes.includes('cloze') ? clozeAnswer(value, ordinal) : value;
    const expected = plainText(shown.replace(SOUND, ''));
    return expected === '' ? [] : [{ field, expected, ignoresAccents: prefixes.includes('nc') }];
  });
}
