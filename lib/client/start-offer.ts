import type { RunView } from '#lib/contract/action.ts';
import type { Status } from '#lib/contract/status.ts';
import type { Cause } from '#lib/domain/cause.ts';
import { startableOf } from '#lib/domain/startable.ts';

/** Whether starting the review server is the first thing to try. A live server is never replaced for a fault elsewhere. */
export const isMendedByStarting = (cause: Cause): boolean => startableOf(cause) !== null;

/**
 * The run that has to do with what is shown: one under way, the one that brought the server back, or one that failed in this
 * very outage. Null for one of an earlier outage.
 */
export function runToShow(status: Status, run = status.start?.run ?? null): RunView | null {
  if (run === null || run.outcome === null) return run;
  if (status.level === 'ready') return run.outcome === 'up' ? run : null;
  return status.since === null || run.startedAt >= status.since ? run : null;
}
