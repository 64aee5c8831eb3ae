import type { Fault } from '#lib/review/anki-connect.ts';

/** Why AnkiConnect, or another program of that kind, said nothing: a sentence for a person. */
export function sentenceOf(fault: Fault, who = 'Anki'): string {
  switch (fault.outcome) {
    case 'refused':
      return `${who} does not run, or does not listen.`;
    case 'unsent':
      return `No connection to ${who} could be made (${fault.code}).`;
    case 'forbidden':
      return `${who} does not take calls from here.`;
    case 'foreign':
      return `Something else answers in the place of ${who}.`;
    case 'too-large':
      return `${who} answered more than can be read.`;
    case 'timed-out':
      return `${who} does not answer in time.`;
    case 'reset':
      return `The connection to ${who} broke.`;
  }
}

/** Whether it is sure that what was asked was not done, and never will be. */
export const isWithoutEffect = (fault: Fault): boolean =>
  fault.outcome === 'refused' ||
  fault.outcome === 'unsent' ||
  (fault.outcome === 'timed-out' && fault.effect === 'none');
