import type { Counts, ReviewCard } from './card.ts';
import { isOnItsWay } from './outbox.ts';
import type { SessionState } from './session-state.ts';

/** Anki's counts without the cards whose grades it does not know yet. */
export const countsNow = ({ presses, outbox }: SessionState, counts: Counts | null): Counts | null =>
  presses
    .filter(({ dealt }) => isOnItsWay(outbox, dealt.card.cardId))
    .reduce((left, { dealt }) => shifted(left, dealt.card, -1), counts);

/** One card more or less where it stands, until the Mac says how many there are. */
export function shifted(counts: Counts | null, { queue }: ReviewCard, by: 1 | -1): Counts | null {
  return counts === null || queue === null ? counts : { ...counts, [queue]: Math.max(0, counts[queue] + by) };
}
