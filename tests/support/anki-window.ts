import { MINUTE } from '#lib/domain/time.ts';
import { type Collection, deckNamed } from './anki-collection.ts';
import { AnkiError, type Card } from './anki-model.ts';
import { answerCard, undoLast } from './anki-operations.ts';
import { studyQueue, topCard } from './anki-queue.ts';
import { stateOf } from './anki-states.ts';

/** Anki's window on the Mac with one profile's collection: what it shows, and what it still has under way. */
export type AnkiWindow = {
  readonly collection: Collection;
  readonly profile: string;
  screen: 'profiles' | 'decks' | 'overview' | 'review';
  reviewer: Reviewer;
  /** Background operations that were begun and not finished: they are, in order, when the window is next idle. */
  underWay: (() => void)[];
  /** An undo was made while somebody else's window was in front: the reviewer follows when Anki's comes to the front. */
  followsLater: boolean;
  /** Whether Anki's window is in front. */
  isFocused: boolean;
  /** Messages that popped up on the Mac. */
  readonly popups: string[];
};

/** `transition`: answered, and what came of that is not known yet. */
export type Reviewer = {
  cardId: number | null;
  /** The card's state when it was shown. */
  shownState: string;
  side: 'question' | 'answer' | 'transition';
  timerFrom: number;
};

const NO_CARD: Reviewer = { cardId: null, shownState: '', side: 'question', timerFrom: 0 };
/** Of the default preset: "maximum answer seconds". */
const LONGEST_ANSWER_MS = MINUTE;

export function openWindow(collection: Collection, profile = 'User 1'): AnkiWindow {
  return {
    collection,
    profile,
    screen: 'decks',
    reviewer: NO_CARD,
    underWay: [],
    followsLater: false,
    isFocused: false,
    popups: [],
  };
}

/** The collection, unless a profile is still to be chosen. */
export function openCollection({ screen, collection }: AnkiWindow): Collection {
  if (screen === 'profiles') throw new AnkiError('collection is not available');
  return collection;
}

/** Finishes what is under way. */
export function settle(window: AnkiWindow): void {
  for (let job = window.underWay.shift(); job !== undefined; job = window.underWay.shift()) job();
}

/** The card that the reviewer shows; null without a review. A card that was deleted since is still shown, and cannot be read. */
export function shownCard({ screen, reviewer, collection }: AnkiWindow): Card | null {
  if (screen !== 'review' || reviewer.cardId === null) return null;
  return collection.cards.get(reviewer.cardId) ?? null;
}

/** Selects a deck and shows its overview, which builds its queue. False where there is none of this name. */
export function showOverview(window: AnkiWindow, deckName: string): boolean {
  const deck = deckNamed(window.collection, deckName);
  if (deck === null) return false;
  leaveReview(window, 'overview');
  window.collection.currentDeckId = deck.id;
  window.collection.queue = null;
  studyQueue(window.collection);
  return true;
}

/** Reviews the current deck; with nothing due the overview stays. */
export function review(window: AnkiWindow): void {
  window.screen = 'review';
  window.followsLater = false;
  showNext(window);
}

export function leaveReview(window: AnkiWindow, screen: 'profiles' | 'decks' | 'overview'): void {
  window.screen = screen;
  window.reviewer = NO_CARD;
  window.followsLater = false;
}

function showNext(window: AnkiWindow): void {
  const card = topCard(window.collection);
  if (card === null) {
    leaveReview(window, 'overview');
    return;
  }
  const timerFrom = window.collection.now();
  window.reviewer = { cardId: card.id, shownState: stateOf(card), side: 'question', timerFrom };
}

/** Turns the card; nothing happens without one. */
export function turnTo(window: AnkiWindow, side: 'question' | 'answer'): void {
  window.reviewer.side = side;
}

/**
 * Answers what is shown, as a key press does: begun at once, finished when the window is idle. What the backend refuses pops
 * up, and the reviewer stays in its transition.
 */
export function answerShown(window: AnkiWindow, ease: number): void {
  const { collection, reviewer } = window;
  const { cardId, shownState, timerFrom } = reviewer;
  if (cardId === null) return;
  const msTaken = Math.min(LONGEST_ANSWER_MS, collection.now() - timerFrom);
  reviewer.side = 'transition';
  window.underWay.push(() => {
    try {
      answerCard(collection, cardId, { ease, msTaken, shownState });
    } catch (error) {
      window.popups.push(error instanceof Error ? error.message : String(error));
      return;
    }
    if (window.screen === 'review') showNext(window);
  });
}

/** Begins to undo the last step of anyone. The reviewer follows at once only when Anki's window is in front. */
export function undo(window: AnkiWindow): void {
  window.underWay.push(() => {
    if (!undoLast(window.collection) || window.screen !== 'review') return;
    if (window.isFocused) showNext(window);
    else window.followsLater = true;
  });
}

/** Somebody at the Mac does something in Anki's window, and leaves it again. */
export function inFront<Result>(window: AnkiWindow, does: () => Result): Result {
  settle(window);
  window.isFocused = true;
  if (window.followsLater) review(window);
  const result = does();
  settle(window);
  window.isFocused = false;
  return result;
}
