import { type DurationMs, type EpochMs, SECOND } from '#lib/domain/time.ts';
import type { ReviewCard } from './card.ts';
import { isOnItsWay, type Outbox, type OutboxEntry } from './outbox.ts';
import type { Dealt, HandNews, SessionState } from './session-state.ts';

/** A first card that is shown for so long is being read. */
const GLIMPSE_MS: DurationMs = SECOND;

/** Without the card on the screen and those whose grade is on its way. */
export const fitting = ({ shown, outbox }: SessionState, hand: readonly Dealt[]): readonly Dealt[] =>
  hand.filter(({ card }) => card.cardId !== shown?.card.cardId && !isOnItsWay(outbox, card.cardId));

/** Whether a card was graded since it came to the phone: that is on its way, or was given to the very guard that it still bears. */
export const isSpent = (outbox: Outbox, card: ReviewCard): boolean => outbox.some((entry) => hasSpent(entry, card));

/** Goes on from a card that another window graded; `before`: as it was before that was known. */
export function moveOn(before: SessionState, after: SessionState, at: EpochMs): SessionState {
  const { shown, isBusy, outbox } = after;
  if (shown === null || isBusy) return after;
  const isGraded = outbox.some((entry) => hasSpent(entry, shown.card) && !before.outbox.includes(entry));
  return isGraded ? deal({ ...after, shown: null }, at) : after;
}

function hasSpent({ grade, answer: told, stage }: OutboxEntry, { cardId, guard }: ReviewCard): boolean {
  if (grade.cardId !== cardId) return false;
  if (stage !== 'settled') return true;
  const isCounted = told !== null && told.status !== 'undone';
  return isCounted && guard !== null && grade.guard?.revlogCount === guard.revlogCount;
}

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

/** Whether the phone began with a card of its own a moment ago that, as the Mac now says, is not due any more. */
export const isOvertaken = (
  { shown, isBusy, stamp }: SessionState,
  { gateway, cards }: HandNews,
  at: EpochMs,
): boolean =>
  shown?.source === 'offline' &&
  shown.side === 'question' &&
  Math.abs(at - shown.shownAt) < GLIMPSE_MS &&
  stamp === 0 &&
  !isBusy &&
  gateway?.abilities.lookahead === true &&
  cards.every(({ cardId }) => cardId !== shown.card.cardId);
