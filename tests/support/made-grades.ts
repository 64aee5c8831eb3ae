import type { ReviewCard } from '#lib/domain/review/card.ts';
import type { Grade } from '#lib/domain/review/grading.ts';

/** A valid UUIDv7 that differs by its number. */
export const gradeIdOf = (nth: number): string => `01900000-0000-7000-8000-${String(nth).padStart(12, '0')}`;

export const gradeOf = (nth: number, change: Partial<Grade> = {}): Grade => ({
  gradeId: gradeIdOf(nth),
  deviceId: 'phone',
  seq: nth,
  cardId: nth,
  ease: 3,
  shownAt: 1_000,
  answeredAt: 2_000,
  msTaken: 1_000,
  guard: { revlogCount: 1, revlogMax: 1, reps: 1, mod: 1 },
  deck: 'Spanish',
  wasLearning: false,
  source: 'anki-connect',
  insist: false,
  ...change,
});

export const cardOf = (cardId: number, change: Partial<ReviewCard> = {}): ReviewCard => ({
  cardId,
  noteId: cardId,
  deck: 'Spanish',
  noteType: 'Basic',
  ordinal: 0,
  question: `<style>.card{}</style>question ${cardId}`,
  answer: `answer ${cardId}`,
  buttons: [
    { ease: 1, next: '<10m' },
    { ease: 2, next: '2d' },
    { ease: 3, next: '4d' },
    { ease: 4, next: '7d' },
  ],
  queue: 'review',
  dueAt: null,
  tags: [],
  guard: { revlogCount: 1, revlogMax: 1, reps: 1, mod: 1 },
  sounds: { question: [], answer: [] },
  looseSounds: [],
  typed: [],
  media: [],
  languages: { front: null, back: null },
  ...change,
});
