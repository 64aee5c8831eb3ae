import { type DevicesDb, openDevices } from '#lib/store/open-devices.ts';
import type { Owner } from '#lib/store/owner.ts';
import { StorageError } from '#lib/store/storage-error.ts';
import { log } from './log.ts';

type Devices = {
  readonly devices: DevicesDb;
  /** Why a directory that is ours does not hold them; null where it does. */
  readonly problem: string | null;
};

/** The devices of a data directory that is ours; in memory until the next start where it is not, or the disk refuses. */
export async function devicesOf(dataDir: string, owner: Owner | null): Promise<Devices> {
  if (owner === null) return { devices: await openDevices(':memory:'), problem: null };
  try {
    return { devices: await openDevices(dataDir), problem: null };
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
    log.error({ err: error }, `the devices are kept in memory only: ${error.message}`);
    const problem = `${error.message} Until the next start the devices are kept in memory only.`;
    return { devices: await openDevices(':memory:'), problem };
  }
}
