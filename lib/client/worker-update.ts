/** How often a return to the page may ask for a newer build. */
const ASK_EVERY_MS = 10 * 60_000;

/**
 * Keeps an app that is resumed and seldom navigated, as one on a home screen is, on the newest build: it is asked for on
 * return, and taken over while nobody looks. Returns how to stop.
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

  workers.addEventListener('controllerchange', onChange);
  page.addEventListener('visibilitychange', onVisibility);
  return () => {
    workers.removeEventListener('controllerchange', onChange);
    page.removeEventListener('visibilitychange', onVisibility);
  };
}
