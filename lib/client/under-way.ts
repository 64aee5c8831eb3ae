import type { Status } from '#lib/contract/status.ts';

/** Whether the review server is being started now, from this device or another. */
export const isUnderWay = (start: Status['start'] | undefined): boolean =>
  start?.state === 'busy' || start?.run?.outcome === null;
