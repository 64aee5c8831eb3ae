import type { Cause } from './cause.ts';

/**
 * What starting the review server would do under a cause: `start` where nothing runs that could be in the way, `restart`
 * where what runs must end first, null where neither helps.
 */
export type Startable = 'start' | 'restart' | null;

const START: ReadonlySet<Cause> = new Set(['not-running', 'crashed', 'crash-loop', 'cannot-start', 'never-started']);
/** A server that will never answer again. One that answers is never ended for a fault that lies elsewhere. */
const RESTART: ReadonlySet<Cause> = new Set(['hung', 'suspended', 'reload-dead']);

export const startableOf = (cause: Cause): Startable =>
  START.has(cause) ? 'start' : RESTART.has(cause) ? 'restart' : null;
