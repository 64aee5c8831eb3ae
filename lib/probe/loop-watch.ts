import { performance } from 'node:perf_hooks';
import type { DurationMs } from '#lib/domain/time.ts';

/**
 * Begins to watch our own event loop. The function it returns tells for how long the loop has been busy since, in total:
 * time in which an answer may have lain unread and its time was ours, not the server's. The probe's own work is in it
 * (well under a millisecond).
 */
export function watchLoop(): () => DurationMs {
  const start = performance.eventLoopUtilization();
  return () => performance.eventLoopUtilization(start).active;
}
