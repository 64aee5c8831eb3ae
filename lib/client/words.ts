import type { GapReason } from '#lib/domain/cause.ts';
import type { Confidence, OsName } from '#lib/domain/diagnosis.ts';
import type { Rung, RungState } from '#lib/domain/ladder.ts';
import type { Level } from '#lib/domain/level.ts';
import type { Phase, Reason } from '#lib/domain/probe.ts';
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

export const PHASE_WORDS: Readonly<Record<Phase, string>> = {
  dns: 'Name lookup',
  tcp: 'Connect',
  tls: 'Encrypt',
  firstByte: 'First byte',
  download: 'Download',
};

export const REASON_WORDS: Readonly<Record<Reason, string>> = {
  'not-found': 'the name does not exist',
  'dns-failure': 'the name could not be looked up',
  refused: 'the connection was refused',
  unreachable: 'there is no way to the address',
  timeout: 'nothing came back in time',
  reset: 'the connection was reset',
  'closed-early': 'the connection was closed without an answer',
  'bad-certificate': 'the certificate is not valid',
  'tls-failure': 'no encrypted connection could be made',
  'not-http': 'what answered does not speak HTTP',
  malformed: 'the answer contradicts itself',
  truncated: 'the answer broke off',
  'too-large': 'the answer was too large',
  redirect: 'it was sent elsewhere',
  'wrong-status': 'it answered with an error',
  'wrong-server': 'another program answered',
  'bad-body': 'the answer could not be read',
  unexplained: 'for an unknown reason',
};

export const WINDOW_WORDS: Readonly<Record<Window, { readonly short: string; readonly long: string }>> = {
  '1h': { short: '1 h', long: 'last hour' },
  '24h': { short: '24 h', long: 'last 24 hours' },
  '7d': { short: '7 d', long: 'last 7 days' },
  '30d': { short: '30 d', long: 'last 30 days' },
  '90d': { short: '90 d', long: 'last 90 days' },
  '1y': { short: '1 y', long: 'last year' },
};
