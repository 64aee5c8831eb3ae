import type { DurationMs } from '#lib/domain/time.ts';

/** More than any card needs at once, and in a second: a frame measures itself ten times a second at most. */
const BURST = 200;
const PER_SECOND = 100;

/** Counts what a frame says. Returns false once it says more than a card could; `nowMs` only ever grows. */
export function messageBudget(): (nowMs: DurationMs) => boolean {
  let left = BURST;
  let countedMs: DurationMs | null = null;
  return (nowMs) => {
    left = Math.min(BURST, left + ((nowMs - (countedMs ?? nowMs)) / 1_000) * PER_SECOND) - 1;
    countedMs = nowMs;
    return left >= 0;
  };
}
