import { type DevicesDb, openDevices } from '#lib/store/open-devices.ts';
import type { Owner } from '#lib/store/owner.ts';
import { StorageError } from '#lib/store/storage-error.ts';
import { log } from './log.ts';

/** The devices of a data directory that is ours; in memory until the next start where it is not, or the disk refuses. */
export async function devicesOf(dataDir: string, owner: Owner | null): Promise<DevicesDb> {
  if (owner === null) return openDevices(':memory:');
  try {
    return await openDevices(dataDir);
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
    log.error({ err: error }, `the devices are kept in memory only: ${error.message}`);
    return openDevices(':memory:');
  }
}
