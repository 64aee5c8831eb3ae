import { useEffect, useSyncExternalStore } from 'react';
import { RequestFailure } from '#lib/client/request.ts';
import { readDeck } from './chosen-deck.ts';
import { askForHand } from './hand-feed.ts';
import { type Phone, thisPhone } from './phone.ts';
import { createReviewStore, type ReviewStore } from './review-store.ts';
import type { ReviewSession } from './session.ts';

let opened: { readonly phone: Phone; readonly store: ReviewStore } | null = null;

/** The session of this page; another visit to the screen goes on with it. */
function open(): { readonly phone: Phone; readonly store: ReviewStore } {
  if (opened !== null) return opened;
  const phone = thisPhone((entries) => opened?.store.hear(entries));
  opened = { phone, store: createReviewStore(phone) };
  return opened;
}

/** Starts the session with the first who looks, and ties it to the page being seen. Returns how to stop. */
function begin(): () => void {
  const { store } = open();
  const onVisibility = () => (document.visibilityState === 'visible' ? store.wake() : store.sleep());
  document.addEventListener('visibilitychange', onVisibility);
  window.addEventListener('pagehide', store.sleep);
  window.addEventListener('pageshow', store.wake);
  window.addEventListener('online', store.wake);
  store.start();
  return () => {
    document.removeEventListener('visibilitychange', onVisibility);
    window.removeEventListener('pagehide', store.sleep);
    window.removeEventListener('pageshow', store.wake);
    window.removeEventListener('online', store.wake);
    store.stop();
  };
}

const doNothing = () => undefined;

const LOADING: ReviewSession = {
  phase: 'loading',
  source: null,
  gateway: null,
  troubles: [],
  hint: null,
  silence: null,
  mayGrade: { allowed: true, detail: null },
  shown: null,
  counts: null,
  deck: null,
  progress: { done: 0, left: 0 },
  startedAt: null,
  waiting: 0,
  pendingWhy: null,
  problems: [],
  undoable: null,
  notice: null,
  isDead: true,
  reveal: doNothing,
  grade: doNothing,
  skip: doNothing,
  undo: doNothing,
  chooseDeck: doNothing,
  refresh: async () => undefined,
  dismiss: doNothing,
  insist: doNothing,
  media: async () => ({}),
};

/** The review session, for one screen at a time. Loading while hydrating. */
export function useReview(): ReviewSession {
  useEffect(begin, []);
  return useSyncExternalStore(
    (listener) => open().store.listen(listener),
    () => open().store.read(),
    () => LOADING,
  );
}

/**
 * For other screens than the review: keeps the cards that are due now for the time without the Mac, and sends the grades that
 * wait. Does nothing where the Mac does not answer.
 */
export async function refreshKeptHand(): Promise<void> {
  const { phone, store } = open();
  const newCards = phone.keepsNewCards();
  try {
    const view = await askForHand(phone.ask, readDeck(), newCards);
    if (view.mayGrade.allowed) void store.sendWaiting();
    await phone.kept.keep(view, { newCards, at: phone.wall() });
  } catch (failure) {
    if (!(failure instanceof RequestFailure)) throw failure;
  }
}
