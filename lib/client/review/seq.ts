import { readText, writeText } from '#lib/client/kept/kept-text.ts';

const SEQ_KEY = 'lifeline.review.seq';

/** The number of the next press: higher than `highest`, the highest in the outbox, and than all before it. */
export function nextSeq(highest: number): number {
  const last = Number(readText(SEQ_KEY) ?? -1);
  const seq = Math.max(Number.isSafeInteger(last) ? last : -1, highest) + 1;
  writeText(SEQ_KEY, String(seq));
  return seq;
}
