import { redact } from './redact.ts';

/** Nothing behind this many characters comes into the first 200. */
const LOOKED_AT = 16_384;

/** Words from outside as they are kept and shown: without secrets, at most 200 characters, no half of one at the cut. */
export const shortText = (text: string): string => redact(text.slice(0, LOOKED_AT)).slice(0, 200).toWellFormed();
