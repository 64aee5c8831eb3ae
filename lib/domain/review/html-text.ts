/** What Anki's editor and its templates write as entities; any other name stays as it is. */
const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00a0',
};
const ENTITY = /&(#\d{1,7}|#x[\da-f]{1,6}|[a-z]{2,6});/gi;

/** A text of HTML with its character references replaced, once. */
export const decodeEntities = (html: string): string =>
  html.replace(ENTITY, (whole: string, name: string) => {
    if (!name.startsWith('#')) return NAMED[name.toLowerCase()] ?? whole;
    const code = Number(name.slice(1).replace(/^x/i, '0x'));
    return code > 0 && code <= 0x10_ffff ? String.fromCodePoint(code) : whole;
  });

/** Each also ends with the text, so that one without an end costs no second look. */
const UNSEEN = /<!--[\s\S]*?(?:-->|$)|<(style|script)\b[\s\S]*?(?:<\/\1\s*>|$)/gi;
const BREAK = /<\/?(?:br|div|p|li)\b[^<>]*>/gi;
const TAG = /<[^<>]*>/g;

/** The words of some HTML on one line, as somebody would type them. */
export const plainText = (html: string): string =>
  decodeEntities(html.replace(UNSEEN, '').replace(BREAK, ' ').replace(TAG, ''))
    .replace(/[\s\u00a0]+/g, ' ')
    .trim();
