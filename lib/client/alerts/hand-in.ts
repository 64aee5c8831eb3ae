import { RequestFailure } from '#lib/client/request.ts';
import { askForAlerts } from './alerts-feed.ts';
import { keptAlerts } from './kept-alerts.ts';
import { obstacleHere } from './obstacle.ts';
import { currentSubscription, NotSubscribed, subscribe, unsubscribe } from './subscription.ts';
import { askToForget, tellMac } from './tell-mac.ts';

/** What came of bringing the Mac up to date. settled: it knows what this device wants. */
export type HandedIn = { readonly kind: 'settled' } | { readonly kind: 'failed'; readonly detail: string };

const SETTLED: HandedIn = { kind: 'settled' };
let underWay: Promise<HandedIn> | null = null;

/**
 * Brings the Mac up to date with what this device wants and how it is reached now, since subscriptions move and nobody tells: hands
 * in the present subscription, or a new one where it is gone or of another key, or says that alerts were switched off. Once at
 * a time. Never rejects.
 */
export function handIn(): Promise<HandedIn> {
  underWay ??= settle()
    .catch(failed)
    .finally(() => {
      underWay = null;
    });
  return underWay;
}

function failed(failure: unknown): HandedIn {
  if (failure instanceof RequestFailure || failure instanceof NotSubscribed) {
    return { kind: 'failed', detail: failure.message };
  }
  throw failure;
}

const isWanted = (): boolean => keptAlerts.read().preferences.isOn;

async function settle(): Promise<HandedIn> {
  const { owesRemoval, handedIn } = keptAlerts.read();
  if (owesRemoval) await forget();
  if (!isWanted() || obstacleHere() !== null || Notification.permission !== 'granted') return SETTLED;
  const { refusal, publicKey, problem, device } = await askForAlerts();
  if (refusal !== null) return { kind: 'failed', detail: refusal };
  if (publicKey === null) return { kind: 'failed', detail: problem ?? 'The Mac has no key for alerts.' };
  // The Mac forgets what a push service no longer knows; handed in again it would be forgotten again.
  const isForgotten = device === null && handedIn !== null;
  if (isForgotten && (await currentSubscription())?.endpoint === handedIn) await unsubscribe();
  // Alerts may have been switched off meanwhile.
  if (!isWanted()) return SETTLED;
  const subscription = await subscribe(publicKey);
  if (!isWanted()) {
    await unsubscribe();
    return SETTLED;
  }
  await tellMac(subscription);
  keptAlerts.write({ ...keptAlerts.read(), handedIn: subscription.endpoint });
  return SETTLED;
}

/** Has the Mac forget this device, and notes that it has. Throws a RequestFailure. */
export async function forget(): Promise<void> {
  await askToForget();
  keptAlerts.write({ ...keptAlerts.read(), owesRemoval: false });
}
