import { decodeEntities } from './html-text.ts';

const SCHEME = /^[a-z][a-z\d+.-]*:/i;

/**
 * The name of a file in Anki's media directory, from the raw value of an attribute or of a CSS `url()`: percent-decoded where
 * that makes sense, in NFC, as Anki stores it. Null for what is elsewhere: another server, `data:`, a path.
 */
export function mediaName(raw: string): string | null {
  const given = decodeEntities(raw).trim();
  if (SCHEME.test(given)) return null;
  return asFileName(percentDecoded(given));
}

/** The name in a `[sound:]`, where a percent sign is one. Null for what cannot be a file of the media directory. */
export const soundName = (raw: string): string | null => asFileName(decodeEntities(raw).trim());

function asFileName(name: string): string | null {
  const isPlain = name !== '' && name !== '.' && name !== '..' && !/[/\\\0]/.test(name);
  return isPlain ? name.normalize('NFC') : null;
}

function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Longer than any file name, percent-encoded: what is longer is a `data:` URL. */
const VALUE = '{1,1000}';
const quoted = `"([^"]${VALUE})"|'([^']${VALUE})'`;
const PATTERNS = [
  new RegExp(String.raw`[\s"'/](?:src|poster|data|background)\s{0,8}=\s{0,8}(?:${quoted}|([^\s"'<>]${VALUE}))`, 'gi'),
  new RegExp(
    String.raw`<(?:link|image|use)\b[^<>]{0,1000}?\bhref\s{0,8}=\s{0,8}(?:${quoted}|([^\s"'<>]${VALUE}))`,
    'gi',
  ),
  new RegExp(String.raw`\burl\(\s{0,8}(?:${quoted}|([^\s"'()]${VALUE}))\s{0,8}\)`, 'gi'),
  new RegExp(String.raw`@import\s{1,8}(?:${quoted})`, 'gi'),
];

/** `a.png 1x, b.png 2x` */
const SOURCE_SET = new RegExp(String.raw`\ssrcset\s{0,8}=\s{0,8}(?:${quoted})`, 'gi');

/** The names of all media files that some HTML shows or plays by itself, each once, in no promised order. */
export function mediaNames(html: string): string[] {
  const raws = PATTERNS.flatMap((pattern) =>
    [...html.matchAll(pattern)].map(([, double, single, bare]) => double ?? single ?? unquoted(bare ?? '')),
  );
  const sets = [...html.matchAll(SOURCE_SET)].flatMap(([, double, single]) => (double ?? single ?? '').split(','));
  const sources = sets.map((source) => source.trim().replace(/\s.*$/s, ''));
  return [...new Set([...raws, ...sources].map(mediaName).filter((name) => name !== null))];
}

/** Within an attribute the quotes of a `url()` are entities. */
const unquoted = (raw: string): string => decodeEntities(raw).replace(/^(["'])(.*)\1$/s, '$2');
