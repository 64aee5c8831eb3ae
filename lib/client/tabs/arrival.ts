import type { DurationMs } from '#lib/domain/time.ts';

/**
 * Resolves once the screen of that path stands in the document, before it is painted: true; or false when the time is over.
 * React changes the address and the document in one go, so a change of the document is the moment to look.
 */
export function arrivalAt(path: string, withinMs: DurationMs): Promise<boolean> {
  return new Promise((resolve) => {
    const settle = (hasArrived: boolean) => {
      clearTimeout(timer);
      changes.disconnect();
      resolve(hasArrived);
    };
    const changes = new MutationObserver(() => {
      if (location.pathname === path) settle(true);
    });
    const timer = setTimeout(() => settle(false), withinMs);
    changes.observe(document.body, { childList: true, subtree: true });
  });
}
