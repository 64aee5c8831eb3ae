import { type DurationMs, type EpochMs, SECOND } from '#lib/domain/time.ts';
import type { Grade } from './grading.ts';

/** For so long a request may be on its way; then the phone gives it up. */
const ON_ITS_WAY_MS: DurationMs = 10 * SECOND;

/**
 * Grades with their times set right where the phone's clock is wrong: it made the request at `sentAt` by its own clock, and it
 * came at `now`. `shownAt` is never made later, since the difference may be a request's that was long on its way: a review that
 * was given elsewhere meanwhile must not be taken for one from before.
 */
export function byOurClock(
  grades: readonly Grade[],
  { sentAt, now }: { readonly sentAt: EpochMs; readonly now: EpochMs },
): readonly Grade[] {
  const behindMs = now - sentAt;
  if (behindMs >= 0 && behindMs <= ON_ITS_WAY_MS) return grades;
  return grades.map((grade) => ({
    ...grade,
    shownAt: grade.shownAt + Math.min(0, behindMs),
    answeredAt: grade.answeredAt + behindMs,
  }));
}
