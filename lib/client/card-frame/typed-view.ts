import type { FrameCard } from '#lib/contract/card-frame.ts';
import { type Comparison, compareTyped, type Stretch } from './typed-diff.ts';

export type TypedField = FrameCard['typed'][number];

/** The field to type into, as decks style it. */
export function typingField({ field }: TypedField, text: string): HTMLInputElement {
  const input = document.createElement('input');
  input.id = 'typeans';
  input.type = 'text';
  input.value = text;
  input.dataset['field'] = field;
  input.spellcheck = false;
  input.autocomplete = 'off';
  for (const name of ['autocapitalize', 'autocorrect']) input.setAttribute(name, 'off');
  input.enterKeyHint = 'done';
  input.setAttribute('aria-label', 'Your answer');
  return input;
}

/** What was typed against what was expected; only the latter where nothing was typed. */
export function comparisonView({ expected, ignoresAccents }: TypedField, typed: string): HTMLElement {
  const code = document.createElement('code');
  code.id = 'typeans';
  code.append(...linesOf(compareTyped(typed, expected, ignoresAccents), expected));
  return code;
}

function linesOf(compared: Comparison, expected: string): (Node | string)[] {
  switch (compared.outcome) {
    case 'untyped':
      return [expected];
    case 'same':
      return [span({ mark: 'good', text: expected })];
    case 'different':
      return [...compared.typed.map(span), ...arrow(), ...compared.expected.map(span)];
  }
}

const CLASSES = { good: 'typeGood', bad: 'typeBad', missed: 'typeMissed' } as const;

function span({ mark, text }: Stretch): HTMLElement {
  const element = document.createElement('span');
  element.className = CLASSES[mark];
  element.textContent = text;
  return element;
}

function arrow(): readonly Node[] {
  const down = document.createElement('span');
  down.id = 'typearrow';
  down.textContent = '↓';
  return [document.createElement('br'), down, document.createElement('br')];
}
