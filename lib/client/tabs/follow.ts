import type { DurationMs } from '#lib/domain/time.ts';
import { arrivalAt } from './arrival.ts';

/** The browser shows no change while a transition waits: a screen that takes longer comes without one. */
const TRANSITION_WAIT_MS: DurationMs = 120;
/** A picture of the old screen that takes longer is not waited for. */
const CAPTURE_WAIT_MS: DurationMs = 100;

let isPassing = false;

/** Whether a press is the one that `follow` makes, which is for Next. */
export const isFollowing = (): boolean => isPassing;

export const wantsMotion = (): boolean => !matchMedia('(prefers-reduced-motion: reduce)').matches;

function press(link: HTMLAnchorElement): void {
  isPassing = true;
  link.click();
  isPassing = false;
}

/** Follows the link as Next does, fading one screen into the other where the browser can and the person wants it. */
export function follow(link: HTMLAnchorElement): void {
  if (!('startViewTransition' in document && wantsMotion())) {
    press(link);
    return;
  }
  let isGone = false;
  const go = () => {
    if (!isGone) press(link);
    isGone = true;
  };
  const transition = document.startViewTransition(async () => {
    const arrived = arrivalAt(link.pathname, TRANSITION_WAIT_MS);
    go();
    await arrived;
  });
  // A transition that was skipped says so by these; the screen has changed all the same.
  for (const step of [transition.ready, transition.finished]) step.catch(() => undefined);
  setTimeout(() => {
    if (isGone) return;
    transition.skipTransition();
    go();
  }, CAPTURE_WAIT_MS);
}
