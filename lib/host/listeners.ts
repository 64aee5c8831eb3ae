import type { Listener } from '#lib/domain/host-facts.ts';
import type { Told } from '#lib/domain/told.ts';
import { firstTold } from './first-told.ts';
import { askLsof } from './lsof.ts';
import { askNetstat } from './netstat.ts';
import { readProcNetTcp } from './proc-net-tcp.ts';
import { askSs } from './ss.ts';

/** Every listening TCP socket of this machine, in no order. A pid is missing where we may not see it. Never rejects. */
export function listeningSockets(platform: NodeJS.Platform = process.platform): Promise<Told<readonly Listener[]>> {
  switch (platform) {
    case 'linux':
      return firstTold([() => askSs(), () => readProcNetTcp()]);
    case 'darwin':
      return firstTold([() => askNetstat(), () => askLsof()]);
    default:
      return firstTold([() => askLsof()]);
  }
}
