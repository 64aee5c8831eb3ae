/** How often a return to the page may ask for a newer build. */
const ASK_EVERY_MS = 10 * 60_000;

/**
 * Registers the worker once the page has loaded, so that it does not compete with it, and keeps an app that is resumed and
 * seldom navigated, as one on a home screen is, on the newest build: it is asked for on return, and taken over while nobody
 * looks. Returns how to stop.
 */
export function keepUpToDate(workers: ServiceWorkerContainer, page: Document): () => void {
  let askedAt = performance.now();
  let outdated = false;
  const reload = (): void => page.defaultView?.location.reload();
  let first = workers.controller === null;

  const onChange = (): void => {
    // The very first worker takes over a page that is as new as itself.
    outdated = !first;
    first = false;
    if (outdated && page.visibilityState === 'hidden') reload();
  };
  const onVisibility = (): void => {
    if (page.visibilityState === 'hidden') {
      if (outdated) reload();
      return;
    }
    if (performance.now() - askedAt < ASK_EVERY_MS) return;
    askedAt = performance.now();
    void workers.getRegistration().then((registration) => registration?.update().catch(() => undefined));
  };

  const register = (): void => {
    // Without one every page still works online.
    workers.register('/sw.js', { scope: '/' }).catch(() => undefined);
  };

  if (page.readyState === 'complete') register();
  else page.defaultView?.addEventListener('load', register, { once: true });
  workers.addEventListener('controllerchange', onChange);
  page.addEventListener('visibilitychange', onVisibility);
  return () => {
    workers.removeEventListener('controllerchange', onChange);
    page.removeEventListener('visibilitychange', onVisibility);
  };
}
