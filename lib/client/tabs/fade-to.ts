import type { DurationMs } from '#lib/domain/time.ts';
import { arrivalAt } from './arrival.ts';

/** The browser shows no change while a transition waits: a screen that takes longer comes without one. */
const TRANSITION_WAIT_MS: DurationMs = 120;
/** A picture of the old screen that takes longer is not waited for. */
const CAPTURE_WAIT_MS: DurationMs = 100;

export const wantsMotion = (): boolean => !matchMedia('(prefers-reduced-motion: reduce)').matches;

/** Goes to the screen of that path, fading this one into it where the browser can and the person wants it; nothing waits for it. */
export function fadeTo(path: string, go: () => void): void {
  if (!('startViewTransition' in document && wantsMotion())) {
    go();
    return;
  }
  let isGone = false;
  const goOnce = () => {
    if (!isGone) go();
    isGone = true;
  };
  const transition = document.startViewTransition(async () => {
    const arrived = arrivalAt(path, TRANSITION_WAIT_MS);
    goOnce();
    await arrived;
  });
  // A transition that was skipped says so by these; the screen has changed all the same.
  for (const step of [transition.ready, transition.finished]) step.catch(() => undefined);
  setTimeout(() => {
    if (isGone) return;
    transition.skipTransition();
    goOnce();
  }, CAPTURE_WAIT_MS);
}
