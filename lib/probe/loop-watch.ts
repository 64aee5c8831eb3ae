import { performance } from 'node:perf_hooks';
import type { DurationMs } from '#lib/domain/time.ts';

/** How often a watch looks. A probe that ends sooner costs it one timer that never rings. */
const LOOK_MS = 50;

export type LoopWatch = {
  /** The longest stretch so far for which the loop was held up. */
  readonly heldUpMs: () => DurationMs;
  readonly stop: () => void;
};

/**
 * Begins to watch our own event loop for being held up: time in which an answer may have lain unread and its time was ours,
 * not the server's. Many short stretches delay nothing by more than one of them, so they do not add up.
 */
export function watchLoop(): LoopWatch {
  let longest = 0;
  let due = performance.now() + LOOK_MS;
  const look = (): void => {
    const now = performance.now();
    longest = Math.max(longest, now - due);
    due = now + LOOK_MS;
    timer = setTimeout(look, LOOK_MS);
  };
  let timer = setTimeout(look, LOOK_MS);
  const utilization = performance.eventLoopUtilization();
  return {
    heldUpMs: () => {
      const untold = performance.now() - due;
      // Before the first look a hold-up shows only in how busy the loop was altogether.
      const busy = untold < 0 && longest === 0 ? performance.eventLoopUtilization(utilization).active : 0;
      return Math.max(longest, untold, busy);
    },
    stop: () => clearTimeout(timer),
  };
}
