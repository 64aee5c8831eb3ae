import { SECOND } from '#lib/domain/time.ts';
import { type Collection, deckNamed } from './anki-collection.ts';
import type { ReviewRow } from './anki-model.ts';
import { answerCard, buryCard, cardOf, deleteNote, editNote, forgetUndo, suspendCards } from './anki-operations.ts';
import {
  type AnkiWindow,
  answerShown,
  inFront,
  leaveReview,
  review,
  settle,
  showOverview,
  turnTo,
  undo,
} from './anki-window.ts';

/**
 * Somebody at the Mac, who uses Anki's window as anyone does. Each act is whole when it is told, and comes in its turn with
 * what callers of AnkiConnect want.
 */
export type DesktopUser = {
  /** Answers the card that the reviewer shows; tells its id, or null when none is shown or Anki refused. */
  grade(ease: number): Promise<number | null>;
  /** Whether a review of the deck began. Without a name the current deck's. */
  openDeck(name?: string): Promise<boolean>;
  closeReviewer(): Promise<void>;
  undo(): Promise<void>;
  suspend(cardId: number): Promise<void>;
  bury(cardId: number): Promise<void>;
  /** Deletes the card's note. */
  remove(cardId: number): Promise<void>;
  /** Writes one field of the card's note. */
  edit(cardId: number, field: string, html: string): Promise<void>;
  /** A sync, which brings the reviews that were given on another device; it ends every undo. */
  sync(elsewhere?: readonly ElsewhereReview[]): Promise<void>;
};

/** `at`: epoch ms, now unless told. The device may have been off line for long. */
export type ElsewhereReview = { readonly cardId: number; readonly ease: number; readonly at?: number };

/** Runs a job on the thread of Anki's window, when its turn comes. */
export type InTurn = <Result>(job: () => Result) => Promise<Result>;

/** Hands jobs to a queue; each is told when its turn has come and gone. */
export const through =
  (enqueue: (job: () => void) => void): InTurn =>
  (job) =>
    new Promise((done, failed) => {
      enqueue(() => {
        try {
          done(job());
        } catch (error) {
          failed(error);
        }
      });
    });

export function desktopUser(window: AnkiWindow, inTurn: InTurn): DesktopUser {
  const { collection } = window;
  const act = <Result>(does: () => Result) => inTurn(() => inFront(window, does));
  return {
    grade: (ease) => act(() => gradeShown(window, ease)),
    openDeck: (name) => act(() => openDeck(window, name)),
    closeReviewer: () => act(() => leaveReview(window, 'decks')),
    undo: () => act(() => undo(window)),
    suspend: (cardId) =>
      act(() => {
        suspendCards(collection, [cardOf(collection, cardId)]);
        showAnother(window, cardId);
      }),
    bury: (cardId) =>
      act(() => {
        buryCard(collection, cardOf(collection, cardId));
        showAnother(window, cardId);
      }),
    remove: (cardId) =>
      act(() => {
        deleteNote(collection, cardOf(collection, cardId));
        showAnother(window, cardId);
      }),
    edit: (cardId, field, html) => act(() => editNote(collection, cardOf(collection, cardId), [field, html])),
    sync: (elsewhere = []) => act(() => merge(collection, elsewhere)),
  };
}

function gradeShown(window: AnkiWindow, ease: number): number | null {
  const { cardId } = window.reviewer;
  if (window.screen !== 'review' || cardId === null) return null;
  const popups = window.popups.length;
  turnTo(window, 'answer');
  answerShown(window, ease);
  settle(window);
  if (window.popups.length === popups) return cardId;
  // Whoever sees the message goes back to the review.
  review(window);
  return null;
}

function openDeck(window: AnkiWindow, name: string | undefined): boolean {
  const { decks, currentDeckId } = window.collection;
  const deck = name === undefined ? decks.get(currentDeckId) : deckNamed(window.collection, name);
  if (deck === undefined || deck === null || !showOverview(window, deck.name)) return false;
  review(window);
  return window.reviewer.cardId !== null;
}

/** The reviewer leaves a card that its own user took out of the review. */
function showAnother(window: AnkiWindow, cardId: number): void {
  if (window.screen === 'review' && window.reviewer.cardId === cardId) review(window);
}

/** Rows of both sides are kept, by their ids; the card is as the later change left it. Source: review reference §3.1. */
function merge(collection: Collection, elsewhere: readonly ElsewhereReview[]): void {
  collection.queue = null;
  for (const { cardId, ease, at = collection.now() } of elsewhere) {
    const card = cardOf(collection, cardId);
    const before = { ...card };
    answerCard(collection, cardId, { ease, msTaken: 3_000 });
    if (at < before.mod * SECOND) Object.assign(card, before);
    const row = collection.revlog.rows.at(-1);
    if (row !== undefined) moveTo(collection, row, at);
  }
  forgetUndo(collection);
}

/** Dates a row by the device it was given on. */
function moveTo({ revlog }: Collection, row: ReviewRow, at: number): void {
  revlog.remove(row.id);
  revlog.add({ ...row, id: revlog.freeFrom(at) });
}
