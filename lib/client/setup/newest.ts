import { SECOND } from '#lib/domain/time.ts';

/** A new worker fetches every file before it takes over. */
const TAKE_OVER_MS = 8 * SECOND;
const ANSWER_MS = 4 * SECOND;

const after = <Value>(ms: number, value: Value) => new Promise<Value>((resolve) => setTimeout(resolve, ms, value));

/** Asks the Mac for a newer worker. False where no answer came. */
export async function askForNewest(): Promise<boolean> {
  if (!('serviceWorker' in navigator)) return false;
  const asked = navigator.serviceWorker.getRegistration().then(async (registration) => {
    await registration?.update();
    return registration !== undefined;
  });
  return Promise.race([asked.catch(() => false), after(ANSWER_MS, false)]);
}

/** Loads the page anew, with the newest worker where it comes in 8 s. */
export async function reloadToNewest(): Promise<void> {
  if ('serviceWorker' in navigator && navigator.serviceWorker.controller !== null) {
    const taken = new Promise<void>((resolve) => {
      navigator.serviceWorker.addEventListener('controllerchange', () => resolve(), { once: true });
    });
    const isComing = (await askForNewest()) && (await hasNewer());
    if (isComing) await Promise.race([taken, after(TAKE_OVER_MS, undefined)]);
  }
  window.location.reload();
}

async function hasNewer(): Promise<boolean> {
  const registration = await navigator.serviceWorker.getRegistration();
  return registration?.installing != null || registration?.waiting != null;
}
