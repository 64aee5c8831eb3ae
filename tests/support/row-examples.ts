import type { Cause } from '#lib/domain/cause.ts';
import type { AppShows, Confidence } from '#lib/domain/diagnosis.ts';
import type { Facts } from '#lib/domain/facts.ts';
import type { RowId } from '#lib/domain/rows/row.ts';
import { ANKI_EXAMPLES } from './row-examples/anki.ts';
import { BINDING_EXAMPLES } from './row-examples/binding.ts';
import { CARD_EXAMPLES } from './row-examples/card.ts';
import { PATH_EXAMPLES } from './row-examples/path.ts';
import { PHONE_EXAMPLES } from './row-examples/phone.ts';
import { PROCESS_EXAMPLES } from './row-examples/process.ts';
import { PROGRAM_EXAMPLES } from './row-examples/program.ts';
import { SLOW_EXAMPLES } from './row-examples/slow.ts';
import { STUCK_EXAMPLES } from './row-examples/stuck.ts';
import { WAITING_EXAMPLES } from './row-examples/waiting.ts';

/** Facts that make a row of the decision table, and what it says then: `app` is the phone's code, null when it shows none. */
export type RowExample = {
  readonly row: RowId;
  readonly title: string;
  readonly facts: Facts;
  readonly cause: Cause;
  readonly confidence: Confidence;
  readonly app: Pick<AppShows, 'code' | 'caption'> | null;
};

/** At least one example of every row. */
export const ROW_EXAMPLES: readonly RowExample[] = [
  ...PROCESS_EXAMPLES,
  ...WAITING_EXAMPLES,
  ...BINDING_EXAMPLES,
  ...PROGRAM_EXAMPLES,
  ...STUCK_EXAMPLES,
  ...PATH_EXAMPLES,
  ...SLOW_EXAMPLES,
  ...PHONE_EXAMPLES,
  ...ANKI_EXAMPLES,
  ...CARD_EXAMPLES,
];
