import type { Cause, GapReason } from './cause.ts';
import { ANKI_WORDS } from './words/anki-words.ts';
import { PATH_WORDS } from './words/path-words.ts';
import { SERVER_WORDS } from './words/server-words.ts';
import type { Words } from './words/words.ts';

/** What a person reads first, and the sentence or two that explain it. No fact in them that the cause does not imply. */
export const CAUSE_WORDS: Readonly<Record<Cause, Words>> = { ...SERVER_WORDS, ...PATH_WORDS, ...ANKI_WORDS };

/** Why nothing was measured, as the end of "Not measured: …". */
export const GAP_WORDS: Readonly<Record<GapReason, string>> = {
  stopped: 'Lifeline was not running',
  asleep: 'this machine was asleep',
  frozen: 'Lifeline itself was frozen',
  clock: 'the clock was set forward',
};
