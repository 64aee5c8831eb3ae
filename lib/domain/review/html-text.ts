/** The letters from U+00A0 on by their names in HTML, which are those of Latin 1; imported notes have them. */
const LATIN_1 =
  'nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml';

/** Any other name stays as it is. */
const NAMED: ReadonlyMap<string, string> = new Map([
  ...LATIN_1.split(' ').map((name, place) => [name, String.fromCodePoint(0xa0 + place)] as const),
  ...Object.entries({ amp: '&', AMP: '&', lt: '<', LT: '<', gt: '>', GT: '>', quot: '"', QUOT: '"', apos: "'" }),
  ...Object.entries({ ndash: '–', mdash: '—', lsquo: '‘', rsquo: '’', sbquo: '‚', ldquo: '“', rdquo: '”', bdquo: '„' }),
  ...Object.entries({ hellip: '…', bull: '•', euro: '€', oelig: 'œ', OElig: 'Œ', rarr: '→', larr: '←' }),
]);
const ENTITY = /&(#\d{1,7}|#x[\da-f]{1,6}|[a-z][a-z\d]{1,7});/gi;

/** A text of HTML with its character references replaced, once. */
export const decodeEntities = (html: string): string =>
  html.replace(ENTITY, (whole: string, name: string) => {
    if (!name.startsWith('#')) return NAMED.get(name) ?? whole;
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
