import { plainText } from './html-text.ts';

const LABEL_LENGTH = 60;
const MARK = /\[anki:play:[qa]:\d{1,4}\]|\[\[type:[^\]]{1,200}\]\]/g;

/** What a side of a card says, cut short: to name the card to the person, never to be parsed or put into a page as HTML. */
export function labelOf(html: string): string {
  const text = plainText(html.replace(MARK, ' '));
  // A letter is two units at most.
  const letters = [...text.slice(0, 2 * LABEL_LENGTH + 2)];
  if (letters.length === 0) return 'A card without text';
  return letters.length > LABEL_LENGTH ? `${letters.slice(0, LABEL_LENGTH - 1).join('')}…` : text;
}
