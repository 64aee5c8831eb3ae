/** Words on either side of a blank belong together. */
const BETWEEN = /(\?=)\s+(?==\?)/g;
const WORD = /=\?utf-8\?q\?([^?\s]*)\?=/gi;

/** A header's text as `tailscale serve` encodes it where it is not ASCII (RFC 2047, Q, UTF-8); any other is left as it is. */
export const decodeWords = (text: string): string =>
  text.replace(BETWEEN, '$1').replace(WORD, (_, encoded: string) => decodeQ(encoded));

function decodeQ(encoded: string): string {
  const bytes = encoded
    .replaceAll('_', ' ')
    .replace(/=([\da-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
