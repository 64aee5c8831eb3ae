/**
 * How a step of Setup stands. warn: something is wrong that nobody may overlook. optional: it need not be done here.
 * unknown: nobody said, which proves nothing. looking: it is being found out.
 */
export type CheckState = 'done' | 'todo' | 'warn' | 'optional' | 'unknown' | 'looking';

/** How a step stands, and what is so in a sentence. */
export type Check = { readonly state: CheckState; readonly says: string };

export const CHECK_WORDS: Readonly<Record<CheckState, string>> = {
  done: 'Done',
  todo: 'To do',
  warn: 'Attention',
  optional: 'Not needed',
  unknown: 'Not known',
  looking: '',
};
