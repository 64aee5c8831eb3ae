import * as z from 'zod/mini';
import { statusSchema } from '#lib/contract/status.ts';
import type { Picture } from './glance.ts';

/** The version is in the name: a newer app ignores what an older one kept. */
export const SNAPSHOT_KEY = 'lifeline.status.v2';

const snapshotSchema = z.object({ status: statusSchema, receivedAt: z.int() });

/** The last known picture that this phone kept. Null when there is none, it is unreadable, or storage is refused. */
export function readSnapshot(): Picture | null {
  try {
    const kept = localStorage.getItem(SNAPSHOT_KEY);
    return kept === null ? null : z.parse(snapshotSchema, JSON.parse(kept));
  } catch {
    return null;
  }
}

/** Keeps a picture for the next first paint. A phone that refuses storage goes without. */
export function writeSnapshot(picture: Picture): void {
  try {
    localStorage.setItem(SNAPSHOT_KEY, JSON.stringify(picture));
  } catch {
    // Private browsing or a full quota: the next start asks the network only.
  }
}
