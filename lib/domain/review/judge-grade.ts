import { type EpochMs, MINUTE } from '#lib/domain/time.ts';
import { type Grade, isAnswer, type Outcome, type Review } from './grading.ts';

/** A card as Anki has it now. */
export type CardNow = {
  /** Its rows in Anki's log, oldest first. */
  readonly reviews: readonly Review[];
  /** Anki's own number: −3 and −2 buried, −1 suspended, from 0 on in a queue. */
  readonly queue: number;
};

/** `dayBeganAt`: when Anki's day of `now` began, which is by no means midnight. */
export type Moment = { readonly now: EpochMs; readonly dayBeganAt: EpochMs };

/** For how long an answer to a card in learning, whose next step is minutes away, means what it meant. */
const LEARNING_MS = 30 * MINUTE;

/**
 * What stands against counting a grade now, given the card (null: it is not in the collection); null when nothing does. A card
 * is known to be the one that was shown by its rows in Anki's log, by their number and the newest: a sync can bring in an older
 * one, and its time of change is in seconds and comes back with an undo. Source: review reference §3.4.
 */
export function judgeGrade(grade: Grade, card: CardNow | null, moment: Moment): Outcome | null {
  if (card === null) return { status: 'gone' };
  if (wasReviewedSince(grade, card.reviews)) return { status: 'conflict', why: 'reviewed' };
  if (card.queue < 0) return { status: 'blocked', why: card.queue === -1 ? 'suspended' : 'buried' };
  return judgeAge(grade, moment);
}

/** What stands against a grade by its age alone; null when nothing does, or when the person insists. */
export function judgeAge({ answeredAt, wasLearning, insist }: Grade, { now, dayBeganAt }: Moment): Outcome | null {
  if (insist) return null;
  if (answeredAt < dayBeganAt) return { status: 'stale', why: 'day' };
  return wasLearning && now - answeredAt > LEARNING_MS ? { status: 'stale', why: 'learning' } : null;
}

/**
 * Without a guard the phone's clock must do: a review since the card was shown. That it was only rescheduled since takes no
 * answer back: FSRS does so with thousands of cards at once.
 */
function wasReviewedSince({ guard, shownAt }: Grade, reviews: readonly Review[]): boolean {
  if (guard === null) return reviews.some((review) => isAnswer(review) && review.id >= shownAt);
  const shownMax = guard.revlogMax ?? 0;
  const log = reviews.filter((review) => isAnswer(review) || review.id <= shownMax);
  return log.length !== guard.revlogCount || (log.at(-1)?.id ?? null) !== guard.revlogMax;
}
