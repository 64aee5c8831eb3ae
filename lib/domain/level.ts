import type { Cause } from './cause.ts';

/** ready · degraded (connects, but a review would fail or time out) · down · no-data. Their places are stored. */
export const LEVELS = ['ready', 'degraded', 'down', 'no-data'] as const;
export type Level = (typeof LEVELS)[number];

/** How much of a review the phone could do under this cause. */
export function levelOf(cause: Cause): Level {
  switch (cause) {
    case 'healthy':
      return 'ready';
    case 'slower-than-app':
    case 'anki-not-running':
    case 'ankiconnect-missing':
    case 'anki-hung':
    case 'bridge-missing':
      return 'degraded';
    case 'not-running':
    case 'loopback-only':
    case 'hung':
    case 'closed-early':
    case 'wrong-program':
    case 'malformed':
    case 'name-not-found':
    case 'dns-failure':
    case 'unreachable':
    case 'wrong-address':
    case 'tls':
    case 'server-error':
    case 'inconsistent':
    case 'not-published':
      return 'down';
    case 'no-data':
      return 'no-data';
  }
}
