/** A part of a file: from `start`, up to and without `end`. */
export type ByteRange = { readonly start: number; readonly end: number };

/**
 * What a `Range` header asks of a file of this size: `beyond` when it has no such bytes; `whole` when there is none, and for
 * what is no range of bytes or several, which a server may leave aside. Source: RFC 9110 §14.2.
 */
export function byteRangeOf(header: string | null, size: number): ByteRange | 'whole' | 'beyond' {
  const [, from = '', to = ''] = /^bytes=(\d*)-(\d*)$/i.exec(header?.trim() ?? '') ?? [];
  if (from === '' && to === '') return 'whole';
  if (from === '') return partOf({ start: Math.max(0, size - Number(to)), end: size });
  if (to !== '' && Number(to) < Number(from)) return 'whole';
  return partOf({ start: Number(from), end: to === '' ? size : Math.min(size, Number(to) + 1) });
}

const partOf = (range: ByteRange): ByteRange | 'beyond' => (range.start < range.end ? range : 'beyond');
