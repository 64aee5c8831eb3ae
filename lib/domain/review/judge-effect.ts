import { type Grade, isAnswer, type Outcome, type Review } from './grading.ts';
import type { Intent } from './ledger.ts';

/**
 * What a card's log, oldest first, says of a grade that Anki was asked to count; null: nothing was counted, so it may be tried
 * again. Two answers are one too many, whoever gave the other one. Source: review reference §3.4.
 */
export function judgeEffect({ ease }: Pick<Grade, 'ease'>, intent: Intent, after: readonly Review[]): Outcome | null {
  const [added, ...more] = after.filter((review) => isAnswer(review) && !wasBefore(review, intent));
  if (added === undefined) return null;
  if (more.length > 0) return { status: 'conflict', why: 'twice' };
  return added.ease === ease ? { status: 'applied', revlogId: added.id } : { status: 'conflict', why: 'other-ease' };
}

/** By its id, since a sync brings in older rows; where the log was not known, by its id's meaning: the ms it was given at. */
const wasBefore = ({ id }: Review, { before, at }: Intent): boolean =>
  before === null ? id < at : before.some((known) => known.id === id);
