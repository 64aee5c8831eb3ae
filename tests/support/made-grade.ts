import type { Grade } from '#lib/domain/review/grading.ts';
import { SECOND } from '#lib/domain/time.ts';

/** Noon in London of an ordinary day. */
export const NOON = Date.UTC(2026, 10, 23, 12);

/** A UUIDv7 that counts: the same number gives the same id. */
export const gradeIdOf = (nth: number): string => `01938f00-0000-7000-8000-${nth.toString(16).padStart(12, '0')}`;

/** "Good" to card 1, which was in review and had no row in the log, with what is told otherwise. */
export function madeGrade(nth: number, told: Partial<Grade> = {}): Grade {
  const answeredAt = told.answeredAt ?? NOON + nth * SECOND;
  return {
    gradeId: gradeIdOf(nth),
    deviceId: 'phone',
    seq: nth,
    cardId: 1,
    ease: 3,
    shownAt: answeredAt - 4 * SECOND,
    answeredAt,
    msTaken: 4 * SECOND,
    guard: { revlogCount: 0, revlogMax: null, reps: 0, mod: 1_700_000_000 },
    deck: 'Spanish',
    wasLearning: false,
    source: 'anki-connect',
    insist: false,
    ...told,
  };
}
