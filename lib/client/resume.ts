import { type DurationMs, SECOND } from '#lib/domain/time.ts';

/** iOS lets requests fail that begin with the resume of an app; the same again, this much later, gets through. */
export const RESUME_PAUSE_MS = 1_500;
/** A failure that comes later after a return has another cause. */
const RESUME_MS = 3 * SECOND;

let resumedAt: DurationMs | null = null;

const noteReturn = () => {
  if (document.visibilityState === 'visible') resumedAt = performance.now();
};

/** A page that comes back from the browser's store of pages is told so by this event only; SWR listens to `focus`. */
const noteShow = ({ persisted }: PageTransitionEvent) => {
  if (persisted) {
    noteReturn();
    window.dispatchEvent(new Event('focus'));
  }
};

if (typeof document !== 'undefined') {
  document.addEventListener('visibilitychange', noteReturn);
  window.addEventListener('pageshow', noteShow);
}

/** Whether somebody has just come back to this page, so that a failure tells nothing yet. */
export const hasJustResumed = (): boolean => resumedAt !== null && performance.now() - resumedAt < RESUME_MS;

/** The work, or null once somebody comes back to this page before it is done: iOS may have frozen it for ever. */
export async function untilReturn<T>(work: Promise<T>): Promise<T | null> {
  const listening = new AbortController();
  const returned = new Promise<null>((resolve) => {
    const look = () => {
      if (document.visibilityState === 'visible') resolve(null);
    };
    document.addEventListener('visibilitychange', look, { signal: listening.signal });
  });
  try {
    return await Promise.race([work, returned]);
  } finally {
    listening.abort();
  }
}
