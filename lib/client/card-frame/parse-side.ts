import DOMPurify, { type Config } from 'dompurify';
import { removeFrames } from './unheld.ts';

/**
 * The policy of the frame holds what a card may load and run. This takes away what it would only stumble over, and stays where
 * a browser's policy has a hole. Ids are kept: the frame's own code asks for nothing by a name that a card could take.
 */
const CONFIG: Config = {
  RETURN_DOM: true,
  // Anki puts a style before everything else, which would be lost with the head.
  FORCE_BODY: true,
  // A style with a `<` in a comment is a style. Nothing is written as text again afterwards, where that could matter.
  SAFE_FOR_XML: false,
  SANITIZE_DOM: false,
  ADD_TAGS: ['rb', 'rtc'],
  FORBID_TAGS: ['form', 'template'],
};

/** One side of a card as a body of a document in which nothing loads and nothing runs. */
export function parseSide(html: string, scripts: boolean): HTMLElement {
  if (!scripts) return bodyOf(DOMPurify.sanitize(html, CONFIG));
  const { body } = new DOMParser().parseFromString(`<body>${html}`, 'text/html');
  removeFrames(body);
  return body;
}

/** With RETURN_DOM it gives the body that it cleaned. */
function bodyOf(cleaned: unknown): HTMLElement {
  if (cleaned instanceof Node && cleaned.nodeName === 'BODY') return cleaned as HTMLElement;
  throw new Error('DOMPurify returned no body');
}
