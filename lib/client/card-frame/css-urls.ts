/** The URL for an address that a card names; null: it may not be loaded. */
export type Resolve = (address: string) => string | null;

/** What stands for a file that may not be loaded. It is a URL, so that the rest of the declaration stays valid. */
const NOTHING = 'data:,';

const COMMENT = String.raw`/\*[\s\S]*?(?:\*/|$)`;
const STRING = String.raw`"(?:[^"\\]|\\[\s\S])*"|'(?:[^'\\]|\\[\s\S])*'`;
const URL_FUNCTION = String.raw`url\(\s*(?:${STRING}|(?:[^"'()\\\s]|\\[\s\S])*)\s*\)`;
const IMPORT = String.raw`@import\s+(?:${STRING})`;
const TOKENS = new RegExp(`${COMMENT}|${URL_FUNCTION}|${IMPORT}|${STRING}`, 'gi');

/**
 * Rewrites every address in a style sheet or a `style` attribute. What is not found here is still held by the policy of the
 * frame, which allows our own media only.
 */
export function rewriteCss(css: string, resolve: Resolve): string {
  return css.replace(TOKENS, (token) => {
    const url = /^url\(\s*([\s\S]*?)\s*\)$/i.exec(token)?.[1];
    if (url !== undefined) return `url(${written(url, resolve)})`;
    const imported = /^@import\s+([\s\S]*)$/i.exec(token)?.[1];
    return imported === undefined ? token : `@import ${written(imported, resolve)}`;
  });
}

function written(address: string, resolve: Resolve): string {
  const bare = unescaped(/^["']/.test(address) ? address.slice(1, -1) : address);
  return JSON.stringify((/^(data:|#)/i.test(bare) ? bare : resolve(bare)) ?? NOTHING);
}

/** CSS escapes: up to six hexadecimal digits and one space, or any character as itself. */
const unescaped = (text: string): string =>
  text.replace(/\\(?:([0-9a-f]{1,6})\s?|([\s\S]))/gi, (_, hex: string | undefined, other: string | undefined) =>
    hex === undefined ? (other ?? '') : codePoint(Number.parseInt(hex, 16)),
  );

const codePoint = (code: number): string => (code > 0 && code <= 0x10_ff_ff ? String.fromCodePoint(code) : '\u{fffd}');

/** Rewrites a `srcset`; an address that may not be loaded is left out with its descriptor. */
export function rewriteSrcset(srcset: string, resolve: Resolve): string {
  return [...srcset.matchAll(/\s*([^\s,](?:\S*[^\s,])?)(\s+[^,]+)?\s*(?:,|$)/g)]
    .map(([, address = '', descriptor = '']) => ({ url: resolve(address), descriptor: descriptor.trim() }))
    .filter(({ url }) => url !== null)
    .map(({ url, descriptor }) => `${url} ${descriptor}`.trim())
    .join(', ');
}
