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
  ADD_TAGS: ['rb', 'rtc', 'link'],
  FORBID_TAGS: ['form', 'template'],
};

/** Under the names that Anki gives them: buttons whose press is a script. */
const SCRIPTED_SOUNDS = '.soundLink, .replay-button';

/** One side of a card as a body of a document in which nothing loads and nothing runs. */
export function parseSide(html: string, scripts: boolean): HTMLElement {
  const body = scripts ? parsed(html) : bodyOf(DOMPurify.sanitize(html, CONFIG));
  removeFrames(body);
  for (const link of body.querySelectorAll('link')) replaceLink(link);
  if (!scripts) for (const button of body.querySelectorAll(SCRIPTED_SOUNDS)) button.remove();
  return body;
}

const parsed = (html: string): HTMLElement => new DOMParser().parseFromString(`<body>${html}`, 'text/html').body;

/** A sheet becomes a style that imports it. What else a link asks for, such as a connection, no policy may hold. */
function replaceLink(link: HTMLLinkElement): void {
  const style = link.ownerDocument.createElement('style');
  style.media = link.media;
  style.textContent = `@import ${JSON.stringify(link.getAttribute('href') ?? '')};`;
  link.replaceWith(...(link.relList.contains('stylesheet') ? [style] : []));
}

/** With RETURN_DOM it gives the body that it cleaned. */
function bodyOf(cleaned: unknown): HTMLElement {
  if (cleaned instanceof Node && cleaned.nodeName === 'BODY') return cleaned as HTMLElement;
  throw new Error('DOMPurify returned no body');
}
