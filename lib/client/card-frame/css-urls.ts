/** The URL for an address that a card names; null: it may not be loaded. */
export type Resolve = (address: string) => string | null;

/** What stands for a file that may not be loaded. It is a URL, so that the rest of the declaration stays valid. */
const NOTHING = 'data:,';

const ESCAPE = String.raw`\\[0-9a-f]{1,6}[ \t\n]?|\\[^\n0-9a-f]`;
/** None of them can fail once it has begun, so that the time grows with the length and no faster. */
const TOKEN = new RegExp(
  [
    String.raw`(?:/\*.*?(?:\*/|$))`,
    String.raw`(?<string>"(?:[^"\\\n]|\\.)*"?|'(?:[^'\\\n]|\\.)*'?)`,
    String.raw`(?<word>@?(?:[-\w]|[^\x00-\x7f]|${ESCAPE})+)(?<call>\(?)`,
    String.raw`[ \t\n]+|.`,
  ].join('|'),
  'gisy',
);
/** Up to its end, whatever is in it: a browser takes a wrong one as a whole too. */
const BARE_URL = /[ \t\n]*(?!["' \t\n])((?:[^)\\]|\\.)*)\)?/sy;

/** In these a string is an address. */
const LOADING = new Set([
  'url(',
  'src(',
  'image(',
  'image-set(',
  '-webkit-image-set(',
  'cross-fade(',
  '-webkit-cross-fade(',
]);

/**
 * Rewrites every address in a style sheet or a `style` attribute, read as a browser reads it. Sheets among the media files are
 * not read: they are held by the policy of the frame, which allows our own media, and pictures from elsewhere where the owner does.
 */
export function rewriteCss(given: string, resolve: Resolve): string {
  const css = given.replace(/\r\n?|\f/g, '\n');
  const place = new Place();
  let rewritten = '';
  TOKEN.lastIndex = 0;
  for (let found = TOKEN.exec(css); found !== null; found = TOKEN.exec(css)) {
    const { string, word, call } = found.groups ?? {};
    const name = word === undefined ? '' : `${unescaped(word).toLowerCase()}${call}`;
    const bare = name === 'url(' ? bareUrlAt(css, TOKEN.lastIndex) : null;
    if (bare !== null) {
      rewritten += `url(${written(unescaped(bare.address), resolve)})`;
      TOKEN.lastIndex = bare.end;
      place.pass('');
      continue;
    }
    rewritten += string === undefined ? found[0] : stringIn(place, string, resolve);
    place.pass(name || found[0]);
  }
  return rewritten;
}

/** A string as it may stay. One that is no address here could be carried by a variable to where it is. */
function stringIn(place: Place, text: string, resolve: Resolve): string {
  const said = unquoted(text);
  if (place.isAddress) return written(said, resolve);
  return isElsewhere(said) ? '""' : text;
}

/** Where in a style sheet a token stands. */
class Place {
  /** What was opened and is not closed, the innermost last. */
  readonly #open: string[] = [];
  #isImport = false;

  get isAddress(): boolean {
    return this.#isImport || LOADING.has(this.#open.at(-1) ?? '');
  }

  /** Goes past a token; a word by its name. */
  pass(token: string): void {
    if (/^[^"'].*\($/.test(token) || token === '(') this.#open.push(token);
    if (token === ')') this.#open.pop();
    if (!/^([ \t\n]|\/\*)/.test(token)) this.#isImport = token === '@import';
  }
}

/** The address of a `url(` without quotes, from where its parenthesis was opened; null for one with quotes. */
function bareUrlAt(css: string, start: number): { readonly address: string; readonly end: number } | null {
  BARE_URL.lastIndex = start;
  const found = BARE_URL.exec(css);
  return found === null ? null : { address: (found[1] ?? '').trimEnd(), end: BARE_URL.lastIndex };
}

const written = (address: string, resolve: Resolve): string =>
  JSON.stringify((/^(data:|#)/i.test(address) ? address : resolve(address)) ?? NOTHING);

const unquoted = (text: string): string =>
  unescaped(text.slice(1, text.length > 1 && text.at(-1) === text[0] ? -1 : undefined));

const OURS = 'https://card.invalid';
const isElsewhere = (text: string): boolean => {
  const url = URL.parse(text, OURS);
  return url !== null && /^(https?|wss?|ftp):$/.test(url.protocol) && url.origin !== OURS;
};

/** CSS escapes: up to six hexadecimal digits and one space, or any character as itself; an escaped end of line is nothing. */
const unescaped = (text: string): string =>
  text.replace(/\\(?:([0-9a-f]{1,6})[ \t\n]?|(.))/gis, (_, hex: string | undefined, other: string | undefined) => {
    if (hex !== undefined) return codePoint(Number.parseInt(hex, 16));
    return other === '\n' ? '' : (other ?? '');
  });

const codePoint = (code: number): string => (code > 0 && code <= 0x10_ff_ff ? String.fromCodePoint(code) : '\u{fffd}');

/** Rewrites a `srcset`; an address that may not be loaded is left out with its descriptor. */
export function rewriteSrcset(srcset: string, resolve: Resolve): string {
  return [...srcset.matchAll(/([^\s,](?:\S*[^\s,])?)([^,]*)/g)]
    .map(([, address = '', descriptor = '']) => ({ url: resolve(address), descriptor: descriptor.trim() }))
    .filter(({ url }) => url !== null)
    .map(({ url, descriptor }) => `${url} ${descriptor}`.trim())
    .join(', ');
}
