import { answerShelf } from './answer-shelf.ts';

/** This page's shelf of answers. It closes its database while nobody looks, because iOS ends what holds one open then. */
export const shelf = answerShelf();

document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'hidden') shelf.rest();
});
