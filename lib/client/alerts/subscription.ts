import type { DurationMs } from '#lib/domain/time.ts';

/** A worker that is on its way takes seconds after the first visit; where it cannot be installed it never comes. */
const WORKER_WITHIN_MS: DurationMs = 10_000;
/** A browser that talks to its push service answers in seconds, or never. */
const PUSH_WITHIN_MS: DurationMs = 20_000;
/** To look at what is there takes milliseconds. */
const LOOK_WITHIN_MS: DurationMs = 1_500;

/** Why there is no subscription, in a sentence. */
export class NotSubscribed extends Error {
  override readonly name = 'NotSubscribed';
}

function within<Value>(ms: DurationMs, promise: Promise<Value>, why: string): Promise<Value> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new NotSubscribed(why)), ms);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

/** The push manager of the worker; the window's own (declarative push, Safari 18.4) where there is no worker. */
async function managerNow(): Promise<PushManager | null> {
  const workers = 'serviceWorker' in navigator ? navigator.serviceWorker : null;
  const registration = await workers?.getRegistration();
  if (registration !== undefined) return registration.pushManager;
  return 'pushManager' in window ? (window.pushManager as PushManager) : null;
}

async function managerInTime(): Promise<PushManager> {
  const own = await managerNow();
  if (own !== null) return own;
  const silent = 'This browser did not install Lifeline’s worker. Reload the page and try again.';
  return (await within(WORKER_WITHIN_MS, navigator.serviceWorker.ready, silent)).pushManager;
}

/** The subscription of this device; null where there is none, or the browser does not say in 1.5 s. */
export async function currentSubscription(): Promise<PushSubscription | null> {
  const looking = managerNow().then((manager) => manager?.getSubscription() ?? null);
  return within(LOOK_WITHIN_MS, looking, 'silent').catch(() => null);
}

/** The key, base64url, that a subscription was made with: one of another key than the Mac's gets nothing. Null where the browser does not say. */
export function keyOf({ options }: PushSubscription): string | null {
  const key = options.applicationServerKey;
  if (key === null) return null;
  const text = btoa(String.fromCharCode(...new Uint8Array(key)));
  return text.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** The subscription made with this key, anew where there is none. Throws a NotSubscribed. iOS wants a tap before. */
export async function subscribe(publicKey: string): Promise<PushSubscription> {
  try {
    const manager = await managerInTime();
    const own = await manager.getSubscription();
    if (own !== null && [publicKey, null].includes(keyOf(own))) return own;
    await own?.unsubscribe();
    const asked = manager.subscribe({ userVisibleOnly: true, applicationServerKey: publicKey });
    return await within(PUSH_WITHIN_MS, asked, 'The push service of this browser does not answer.');
  } catch (cause) {
    if (cause instanceof NotSubscribed) throw cause;
    const said = cause instanceof Error ? cause.message : String(cause);
    throw new NotSubscribed(`This browser could not subscribe: ${said}`, { cause });
  }
}

/** Ends the subscription, if any; the push service then refuses what is still sent to it. */
export async function unsubscribe(): Promise<void> {
  const own = await currentSubscription();
  await own?.unsubscribe().catch(() => false);
}
