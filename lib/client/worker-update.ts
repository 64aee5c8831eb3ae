import { MINUTE, SECOND } from '#lib/domain/time.ts';
import { isOccupied } from './occupied.ts';

/** How often a return to the page may ask for a newer build. */
const ASK_EVERY_MS = 10 * MINUTE;
/** On a first visit the worker fetches every page, which waits until the screen has what it needs itself. */
const FIRST_AFTER_MS = 2 * SECOND;
/** In the session's storage: a reload of ours is under way. */
const UPDATING_KEY = 'lifeline.updating';

/**
 * Asks the server for a newer build now. Where there is one, the worker fetches it and takes over by itself. Does nothing without
 * a worker; resolves also when nobody answers.
 */
async function askForUpdate(): Promise<void> {
  const registration = await navigator.serviceWorker?.getRegistration();
  await registration?.update().catch(() => undefined);
}

/** Whether this page was just reloaded for a newer build; true once. */
export function takeUpdated(): boolean {
  try {
    const updating = sessionStorage.getItem(UPDATING_KEY) !== null;
    sessionStorage.removeItem(UPDATING_KEY);
    return updating;
  } catch {
    return false;
  }
}

function reload(): void {
  try {
    sessionStorage.setItem(UPDATING_KEY, '1');
  } catch {
    // Where storage is refused, nobody is told.
  }
  window.location.reload();
}

/**
 * Registers the worker and keeps an app that is resumed and seldom navigated, as one on a home screen is, on the newest build:
 * it is asked for on return, and taken over while nobody looks and nothing is under way. Without HTTPS (or localhost) there is
 * no worker, and nothing to keep. Returns how to stop.
 */
export function keepUpToDate(): () => void {
  const workers = navigator.serviceWorker as ServiceWorkerContainer | undefined;
  if (workers === undefined) return () => undefined;
  let askedAt = performance.now();
  let outdated = false;
  let first = workers.controller === null;

  const take = (): void => {
    if (outdated && document.visibilityState === 'hidden' && !isOccupied()) reload();
  };
  const onChange = (): void => {
    // The very first worker takes over a page that is as new as itself.
    outdated = !first;
    first = false;
    take();
  };
  const onVisibility = (): void => {
    take();
    if (document.visibilityState === 'hidden' || performance.now() - askedAt < ASK_EVERY_MS) return;
    askedAt = performance.now();
    void askForUpdate();
  };

  // Without one every page still works online.
  const register = () => workers.register('/sw.js', { scope: '/' }).catch(() => undefined);
  const registering = setTimeout(register, first ? FIRST_AFTER_MS : 0);
  workers.addEventListener('controllerchange', onChange);
  document.addEventListener('visibilitychange', onVisibility);
  return () => {
    clearTimeout(registering);
    workers.removeEventListener('controllerchange', onChange);
    document.removeEventListener('visibilitychange', onVisibility);
  };
}
