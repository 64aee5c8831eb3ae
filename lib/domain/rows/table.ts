import { ANKI_ROWS } from './anki-rows.ts';
import { BINDING_ROWS, CONTRADICTION_ROWS } from './binding-rows.ts';
import { FIREWALL_ROWS } from './firewall-rows.ts';
import { NAME_ROWS } from './name-rows.ts';
import { PHONE_ROWS } from './phone-rows.ts';
import { PROCESS_ROWS } from './process-rows.ts';
import { PROGRAM_ROWS } from './program-rows.ts';
import type { Row } from './row.ts';
import { LOOKUP_ROWS, SLOW_ROWS } from './slow-rows.ts';
import { TAILNET_ROWS } from './tailnet-rows.ts';

/**
 * The decision table in the order it is read, the first row that the facts make being the one: from the port outwards to
 * the tailnet and its names, then what answers, then the phone, and Anki last. Source: network reference §1.4, §1.5.
 */
export const TABLE: readonly Row[] = [
  ...FIREWALL_ROWS,
  ...PROCESS_ROWS,
  ...BINDING_ROWS,
  ...TAILNET_ROWS,
  ...NAME_ROWS,
  ...CONTRADICTION_ROWS,
  ...PROGRAM_ROWS,
  ...SLOW_ROWS,
  ...PHONE_ROWS,
  ...ANKI_ROWS,
  ...LOOKUP_ROWS,
];
