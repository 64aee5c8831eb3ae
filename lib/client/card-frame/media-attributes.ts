import { type Resolve, rewriteCss, rewriteSrcset } from './css-urls.ts';

type MediaRules = {
  /** One of the card's own files; null where there is none. */
  readonly find: Resolve;
  /** Pictures of other servers are shown. */
  readonly remoteImages: boolean;
};

/** What loads a file by itself, beside pictures and styles. `use` and `image` are SVG's. */
const LOADING = 'audio, video, source, track, image, use, script, link, table, td, th, body';
const ATTRIBUTES = ['src', 'poster', 'href', 'xlink:href', 'background'] as const;
/** They would make a form or a picture pass for a part of the document. */
const NAMED = 'img[name], form[name], object[id], object[name], embed[name]';

/** Turns every address under `root` into the URL of a file of the card's, or takes it away. Nothing may be loading in `root` yet. */
export function rewriteMedia(root: HTMLElement, { find, remoteImages }: MediaRules): void {
  const resolve: Resolve = (address) => find(address) ?? (isInPlace(address) ? address : null);
  const picture: Resolve = (address) => resolve(address) ?? (remoteImages && isRemote(address) ? address : null);
  for (const style of root.querySelectorAll('style')) style.textContent = rewriteCss(style.textContent, resolve);
  for (const styled of root.querySelectorAll('[style]')) {
    styled.setAttribute('style', rewriteCss(styled.getAttribute('style') ?? '', resolve));
  }
  for (const set of root.querySelectorAll('[srcset]')) {
    set.setAttribute('srcset', rewriteSrcset(set.getAttribute('srcset') ?? '', picture));
  }
  for (const element of root.querySelectorAll(LOADING)) rewriteAddresses(element, resolve);
  for (const image of root.querySelectorAll('img')) rewriteImage(image, picture);
  for (const named of root.querySelectorAll(NAMED)) for (const name of ['name', 'id']) named.removeAttribute(name);
}

function rewriteAddresses(element: Element, resolve: Resolve): void {
  for (const attribute of ATTRIBUTES) {
    const address = element.getAttribute(attribute);
    if (address === null) continue;
    const url = resolve(address);
    if (url === null) element.removeAttribute(attribute);
    else element.setAttribute(attribute, url);
  }
}

/** A picture that cannot be shown says which one it is, in its place. */
function rewriteImage(image: HTMLImageElement, picture: Resolve): void {
  const address = image.getAttribute('src');
  if (address === null) return;
  const url = picture(address);
  if (url !== null) {
    image.setAttribute('src', url);
    return;
  }
  const note = image.ownerDocument.createElement('span');
  note.className = 'lifeline-missing';
  note.textContent = isRemote(address)
    ? `Picture from ${hostOf(address)} not loaded`
    : `Picture ${image.alt || address} not found`;
  image.replaceWith(note);
}

const isInPlace = (address: string): boolean => /^\s*(data:|#)/i.test(address);
const isRemote = (address: string): boolean => /^\s*(https?:)?\/\//i.test(address);
const hostOf = (address: string): string =>
  URL.canParse(address, 'https://x') ? new URL(address, 'https://x').host : 'elsewhere';
