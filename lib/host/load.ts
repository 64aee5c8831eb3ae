import { availableParallelism, loadavg } from 'node:os';
import type { Load } from '#lib/domain/host-facts.ts';

/** How much this machine has to do, from the average over the last minute. */
export function machineLoad(): Load {
  const [lastMinute = 0] = loadavg();
  return { perCore: lastMinute / availableParallelism() };
}
