import { stat, truncate } from 'node:fs/promises';

/** Empties a log that has grown beyond the limit; its writer appends, so it goes on from there. Never rejects. */
export async function trimLog(path: string, limitBytes: number): Promise<void> {
  try {
    if ((await stat(path)).size > limitBytes) await truncate(path, 0);
  } catch {
    // There is none yet, or the disk refuses: neither is worth an error.
  }
}
