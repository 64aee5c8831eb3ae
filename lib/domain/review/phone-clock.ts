import { type DurationMs, type EpochMs, SECOND } from '#lib/domain/time.ts';
import type { Grade } from './grading.ts';

/** For so long a request may be on its way; then the phone gives it up. */
const ON_ITS_WAY_MS: DurationMs = 10 * SECOND;

/** How far the clock of a phone is behind ours, which made a request at `sentAt` by it that came at `now`; 0 where that is its way. */
export function clockBehindMs({ sentAt, now }: { readonly sentAt: EpochMs; readonly now: EpochMs }): DurationMs {
  const behindMs = now - sentAt;
  return behindMs >= 0 && behindMs <= ON_ITS_WAY_MS ? 0 : behindMs;
}

/**
 * Grades with their times set right where the phone's clock is wrong: it made the request at `sentAt` by its own clock, and it
 * came at `now`. `shownAt` is never made later, since the difference may be a request's that was long on its way: a review that
 * was given elsewhere meanwhile must not be taken for one from before.
 */
export function byOurClock(
  grades: readonly Grade[],
  sent: { readonly sentAt: EpochMs; readonly now: EpochMs },
): readonly Grade[] {
  const behindMs = clockBehindMs(sent);
  if (behindMs === 0) return grades;
  return grades.map((grade) => ({
    ...grade,
    shownAt: grade.shownAt + Math.min(0, behindMs),
    answeredAt: grade.answeredAt + behindMs,
  }));
}
