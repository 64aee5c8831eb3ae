import type { FrameCard, FrameSide } from '#lib/contract/card-frame.ts';
import { replaceMarks, soundButton } from './marks.ts';
import { comparisonView, type TypedField, typingField } from './typed-view.ts';

type SideToBuild = {
  readonly side: FrameSide['side'];
  /** As `parseSide` gives it, with its media in place. */
  readonly parsed: HTMLElement;
  readonly card: Pick<FrameCard, 'typed' | 'mayType'>;
  /** What was typed so far, by field. */
  readonly texts: ReadonlyMap<string, string>;
};

/** A side to be put into the page: with its sound buttons, and fields to type into or what came of them. */
export function buildSide({ side, parsed, card, texts }: SideToBuild): DocumentFragment {
  const fragment = document.createDocumentFragment();
  fragment.append(...document.importNode(parsed, true).childNodes);
  const view = (field: TypedField) => {
    const text = card.mayType ? (texts.get(field.field) ?? '') : '';
    if (side === 'answer') return comparisonView(field, text);
    return card.mayType ? typingField(field, text) : null;
  };
  replaceMarks(fragment, {
    sound: soundButton,
    typed: (name) => {
      const field = fieldOf(name, card.typed);
      return field === undefined ? null : view(field);
    },
  });
  if (side === 'answer') liftRule(fragment);
  return fragment;
}

/** By its name; a card with one field has no other. */
const fieldOf = (name: string, fields: readonly TypedField[]): TypedField | undefined =>
  fields.find(({ field }) => field === name) ?? (fields.length === 1 ? fields[0] : undefined);

/** As in Anki, the answer's rule stands before the comparison, so that the page scrolls to both. */
function liftRule(fragment: DocumentFragment): void {
  const rule = fragment.querySelector('hr#answer');
  const comparison = fragment.querySelector('code#typeans');
  if (rule !== null) comparison?.before(rule);
}
