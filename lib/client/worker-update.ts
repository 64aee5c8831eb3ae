/** How often a return to the page may ask for a newer build. */
const ASK_EVERY_MS = 10 * 60_000;

/**
 * Registers the worker and keeps an app that is resumed and seldom navigated, as one on a home screen is, on the newest build:
 * it is asked for on return, and taken over while nobody looks. Without HTTPS (or localhost) there is no worker, and nothing to
 * keep. Returns how to stop.
 */
export function keepUpToDate(): () => void {
  if (!('serviceWorker' in navigator)) return () => undefined;
  const workers = navigator.serviceWorker;
  let askedAt = performance.now();
  let outdated = false;
  let first = workers.controller === null;

  const onChange = (): void => {
    // The very first worker takes over a page that is as new as itself.
    outdated = !first;
    first = false;
    if (outdated && document.visibilityState === 'hidden') window.location.reload();
  };
  const onVisibility = (): void => {
    if (document.visibilityState === 'hidden') {
      if (outdated) window.location.reload();
      return;
    }
    if (performance.now() - askedAt < ASK_EVERY_MS) return;
    askedAt = performance.now();
    void workers.getRegistration().then((registration) => registration?.update().catch(() => undefined));
  };

  // Without one every page still works online.
  workers.register('/sw.js', { scope: '/' }).catch(() => undefined);
  workers.addEventListener('controllerchange', onChange);
  document.addEventListener('visibilitychange', onVisibility);
  return () => {
    workers.removeEventListener('controllerchange', onChange);
    document.removeEventListener('visibilitychange', onVisibility);
  };
}
