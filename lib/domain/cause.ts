/** The root causes a diagnosis can name. New ones go to the end: their places are stored. */
export const CAUSES = [
  'healthy',
  'slower-than-app',
  'not-running',
  'loopback-only',
  'hung',
  'closed-early',
  'wrong-program',
  'malformed',
  'name-not-found',
  'dns-failure',
  'unreachable',
  'tls',
  'server-error',
  'anki-not-running',
  'ankiconnect-missing',
  'no-data',
  'wrong-address',
  'anki-hung',
  'bridge-missing',
  'inconsistent',
  'not-published',
] as const;
export type Cause = (typeof CAUSES)[number];

/** Why nothing was measured for a while. New ones go to the end: their places are stored. */
export const GAP_REASONS = ['stopped', 'asleep', 'frozen', 'clock'] as const;
export type GapReason = (typeof GAP_REASONS)[number];
