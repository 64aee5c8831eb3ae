import type { EpochMs } from '#lib/domain/time.ts';
import type { ReviewCard } from './card.ts';
import { isOnItsWay, type Outbox } from './outbox.ts';
import type { Dealt, SessionState } from './session-state.ts';

/** Without the card on the screen and those whose grade is on its way. */
export const fitting = ({ shown, outbox }: SessionState, hand: readonly Dealt[]): readonly Dealt[] =>
  hand.filter(({ card }) => card.cardId !== shown?.card.cardId && !isOnItsWay(outbox, card.cardId));

/** Whether a kept card was graded after it was kept: with the very guard that it still bears. */
export const isSpent = (outbox: Outbox, { cardId, guard }: ReviewCard): boolean =>
  outbox.some(
    ({ grade, answer: told, stage }) =>
      grade.cardId === cardId &&
      grade.guard?.revlogCount === guard?.revlogCount &&
      (stage !== 'settled' || (told !== null && told.status !== 'undone')),
  );

/** Shows the next card where none is shown. */
export const dealIfNone = (state: SessionState, at: EpochMs): SessionState =>
  state.shown === null && !state.isBusy && state.hand.length > 0 ? deal(state, at) : state;

/** Shows the next card, in place of the one on the screen. */
export function deal(state: SessionState, at: EpochMs): SessionState {
  const [first, ...hand] = fitting(state, state.hand);
  // Without the Mac there are no more to come.
  if (first === undefined)
    return { ...state, hand, shown: null, isDead: false, isExpecting: state.source !== 'offline' };
  const turn = state.turn + 1;
  const shown = { ...first, side: 'question' as const, shownAt: at, turn };
  return { ...state, hand, shown, turn, isDead: true, isExpecting: false, startedAt: state.startedAt ?? at };
}
