import type { Process } from '#lib/domain/host-facts.ts';
import type { Told } from '#lib/domain/told.ts';
import { firstTold } from './first-told.ts';
import { readProcStat } from './proc-stat.ts';
import { askPs } from './ps.ts';

/** Every process of this machine that we may see, secrets left out of its command line. Never rejects. */
export const runningProcesses = (platform: NodeJS.Platform = process.platform): Promise<Told<readonly Process[]>> =>
  firstTold(platform === 'linux' ? [() => askPs(), () => readProcStat()] : [() => askPs()]);
