import type { GapReason } from '#lib/domain/cause.ts';
import type { Confidence, OsName } from '#lib/domain/diagnosis.ts';
import type { Rung, RungState } from '#lib/domain/ladder.ts';
import type { Level } from '#lib/domain/level.ts';
import type { Window } from '#lib/domain/window.ts';

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
  server: 'Server',
  anki: 'Anki',
  card: 'Card',
};

export const RUNG_STATE_WORDS: Readonly<Record<RungState, string>> = {
  ok: 'works',
  broken: 'broken',
  unknown: 'not known',
  'not-reached': 'not reached',
};

export const GAP_WORDS: Readonly<Record<GapReason, string>> = {
  asleep: 'asleep',
  stopped: 'Lifeline not running',
  frozen: 'Mac too busy to measure',
  clock: 'clock changed',
};

export const CONFIDENCE_WORDS: Readonly<Record<Confidence, string>> = {
  high: 'very sure',
  medium: 'fairly sure',
  low: 'a guess',
};

export const OS_WORDS: Readonly<Record<OsName, string>> = { macos: 'On the Mac', linux: 'On Linux', any: 'Anywhere' };

export const WINDOW_WORDS: Readonly<Record<Window, { readonly short: string; readonly long: string }>> = {
  '1h': { short: '1 h', long: 'last hour' },
  '24h': { short: '24 h', long: 'last 24 hours' },
  '7d': { short: '7 d', long: 'last 7 days' },
  '30d': { short: '30 d', long: 'last 30 days' },
  '90d': { short: '90 d', long: 'last 90 days' },
  '1y': { short: '1 y', long: 'last year' },
};
