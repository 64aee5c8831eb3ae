import type { FactName } from '#lib/domain/facts.ts';
import type { Why } from '#lib/domain/told.ts';

const WORDS: Readonly<Record<FactName, string>> = {
  name: 'The server by its name',
  tailnet: 'The server by its tailnet address',
  loopback: 'The server on the Mac itself',
  listeners: 'Listening ports',
  processes: 'Processes',
  service: 'Service manager',
  restarts: 'Restarts',
  log: 'Log of the server',
  boot: 'Start and sleep of the Mac',
  load: 'Load of the Mac',
  tailscale: 'Tailscale',
  forwards: 'Tailscale Serve',
  magicDns: 'MagicDNS',
  firewall: 'Firewall',
  phone: 'The phone in the tailnet',
  phoneView: 'What the phone measured',
  anki: 'AnkiConnect',
  bridge: 'Bridge add-on',
  current: 'Current card',
  generation: 'Kind of server',
  past: 'History',
  complaint: 'What the app shows',
};
const BY_NAME: ReadonlyMap<string, string> = new Map(Object.entries(WORDS));

/** What a fact is about; a fact of a newer Lifeline by its own name. */
export const factText = (fact: string): string => BY_NAME.get(fact) ?? fact;

export const WHY_WORDS: Readonly<Record<Why, string>> = {
  'not-installed': 'not installed',
  'not-permitted': 'not permitted',
  'not-running': 'not running',
  silent: 'no answer in time',
  unreadable: 'an answer that could not be read',
  'not-here': 'not on this system',
};
