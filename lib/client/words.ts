import type { Rung, RungState } from '#lib/domain/ladder.ts';
import type { Level } from '#lib/domain/level.ts';

/** How the screens say each word of the domain. */
export const LEVEL_WORDS: Readonly<Record<Level, string>> = {
  ready: 'Ready',
  degraded: 'Degraded',
  down: 'Down',
  'no-data': 'No data',
};

export const RUNG_WORDS: Readonly<Record<Rung, string>> = {
  iphone: 'iPhone',
  tailnet: 'Tailnet',
  mac: 'Mac',
  port: 'Port',
  server: 'Server',
  ankiconnect: 'AnkiConnect',
  anki: 'Anki',
  card: 'Card',
};

export const RUNG_STATE_WORDS: Readonly<Record<RungState, string>> = {
  ok: 'works',
  broken: 'broken',
  unknown: 'not known',
  'not-reached': 'not reached',
};
