import { DEVICE_CACHE, DEVICE_NOTE } from '#lib/client/alerts/device-note.ts';
import type { WorkerEvents, WorkerScope } from './platform.ts';

const TELL_WITHIN_MS = 10_000;

/**
 * Where a browser says that it has replaced a subscription (iOS never does), the Mac is told at once; else alerts would go to the
 * old one until the app is opened. What the Mac has to know is what the page noted when it last told it; without a note nobody
 * wanted alerts.
 */
export function onSubscriptionChange(scope: WorkerScope, event: WorkerEvents['pushsubscriptionchange']): void {
  event.waitUntil(renew(scope, event.newSubscription ?? null).catch(() => undefined));
}

async function renew({ registration }: WorkerScope, given: PushSubscription | null): Promise<void> {
  const kept = await (await caches.open(DEVICE_CACHE)).match(DEVICE_NOTE);
  if (kept === undefined) return;
  const { publicKey, ...device } = Object(await kept.json());
  const subscription =
    given ?? (await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: publicKey }));
  await fetch('/api/alerts/device', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...device, subscription }),
    signal: AbortSignal.timeout(TELL_WITHIN_MS),
  });
}
