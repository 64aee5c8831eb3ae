import type { SWRConfiguration } from 'swr';
import { SECOND } from '#lib/domain/time.ts';

/** iOS lets the first request after a resume fail; the second one, this much later, gets through. */
const FIRST_RETRY_MS = 1_500;
const RETRY_MS = 5 * SECOND;

/**
 * Asks every `everyMs` while the page is seen and not at all while it is hidden, at once on return, and goes on after a
 * failure. `navigator.onLine` says nothing about the Mac, so it is not asked.
 */
export function polling(everyMs: number): SWRConfiguration {
  return {
    refreshInterval: everyMs,
    refreshWhenHidden: false,
    refreshWhenOffline: true,
    revalidateOnFocus: true,
    focusThrottleInterval: SECOND,
    dedupingInterval: SECOND,
    keepPreviousData: true,
    isOnline: () => true,
    onErrorRetry: (...[, , , revalidate, { retryCount }]) => {
      const waitMs = retryCount === 1 ? FIRST_RETRY_MS : RETRY_MS;
      setTimeout(() => {
        if (document.visibilityState === 'visible') revalidate({ retryCount, dedupe: true });
      }, waitMs);
    },
  };
}
