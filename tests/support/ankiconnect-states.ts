import { type AnkiWindow, leaveReview, review, settle } from './anki-window.ts';
import type { AnkiState } from './ankiconnect-answers.ts';

/** Makes the window what the state says of it; a hung Anki, or another program at its port, leaves it as it is. */
export function bringTo(window: AnkiWindow, state: AnkiState): void {
  settle(window);
  switch (state) {
    case 'reviewing':
    case 'key-needed':
      if (window.screen !== 'review') review(window);
      return;
    case 'no-reviewer':
      leaveReview(window, 'decks');
      return;
    case 'collection-closed':
      leaveReview(window, 'profiles');
      return;
    case 'hung':
    case 'foreign':
  }
}

/** The state, as whatever was done in the window since has made it. */
export function stateSeen({ screen }: AnkiWindow, state: AnkiState): AnkiState {
  if (state !== 'reviewing' && state !== 'no-reviewer') return state;
  return screen === 'review' ? 'reviewing' : 'no-reviewer';
}
