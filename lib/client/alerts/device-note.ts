import type * as z from 'zod/mini';
import type { alertDeviceRequestSchema } from '#lib/contract/alerts.ts';

/** Where the page leaves a note for its worker, which has no `localStorage`. */
export const DEVICE_CACHE = 'lifeline-alerts';
export const DEVICE_NOTE = '/alerts-device';

/** What the Mac was last told of this device, and with which key it subscribed, where the browser says. */
type DeviceNote = Omit<z.infer<typeof alertDeviceRequestSchema>, 'subscription'> & {
  readonly publicKey: string | null;
};

/** Leaves the note, or takes it away. A browser without caches has no worker that would read it. */
export async function noteDevice(note: DeviceNote | null): Promise<void> {
  try {
    const cache = await caches.open(DEVICE_CACHE);
    if (note === null) await cache.delete(DEVICE_NOTE);
    else await cache.put(DEVICE_NOTE, Response.json(note));
  } catch {
    // Not secure, or storage is refused: the page tells the Mac again at its next start.
  }
}
