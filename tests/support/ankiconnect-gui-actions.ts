import * as z from 'zod/mini';
import { AnkiError } from './anki-model.ts';
import { nextStates } from './anki-states.ts';
import { renderCard, templateOf } from './anki-template.ts';
import { answerShown, openCollection, review, shownCard, showOverview, turnTo, undo } from './anki-window.ts';
import { deckNameOf, fieldsOf } from './ankiconnect-card-actions.ts';
import { type Action, withParameters } from './ankiconnect-parameters.ts';

const isReviewing: Action = (window) => window.screen === 'review' && window.reviewer.cardId !== null;

/** False, without an error, where there is no review. */
const inReview =
  (does: (...given: Parameters<Action>) => void): Action =>
  (window, parameters) => {
    openCollection(window);
    if (!isReviewing(window, {})) return false;
    does(window, parameters);
    return true;
  };

const named = z.object({ name: z.string() });

/** Actions on Anki's window. Source: review reference §1.3 and §1.4. */
export const GUI_ACTIONS: Readonly<Record<string, Action>> = {
  guiReviewActive: isReviewing,
  guiCurrentCard: (window) => {
    openCollection(window);
    return currentCard(window, {});
  },
  guiShowQuestion: inReview((window) => turnTo(window, 'question')),
  /** During a transition it brings the answer of the card back that was just graded. */
  guiShowAnswer: inReview((window) => turnTo(window, 'answer')),
  guiStartCardTimer: inReview((window) => {
    window.reviewer.timerFrom = window.collection.now();
  }),
  guiAnswerCard: withParameters(z.object({ ease: z.number() }), (window, { ease }) => {
    openCollection(window);
    if (!isReviewing(window, {}) || window.reviewer.side !== 'answer' || ![1, 2, 3, 4].includes(ease)) return false;
    answerShown(window, ease);
    return true;
  }),
  /** Always true, whatever becomes of it. */
  guiUndo: (window) => {
    openCollection(window);
    undo(window);
    return true;
  },
  guiDeckOverview: withParameters(named, (window, { name }) => {
    openCollection(window);
    return showOverview(window, name);
  }),
  /** True for every deck there is, also where nothing is due and the overview stays. */
  guiDeckReview: withParameters(named, (window, { name }) => {
    openCollection(window);
    if (!showOverview(window, name)) return false;
    review(window);
    return true;
  }),
};

const currentCard: Action = (window) => {
  const { collection } = window;
  if (!isReviewing(window, {})) throw new AnkiError('Gui review is not currently active.');
  const card = shownCard(window);
  const note = card && collection.notes.get(card.noteId);
  if (card === null || note === null || note === undefined)
    throw new AnkiError(`No such card: '${window.reviewer.cardId}'`);
  return {
    cardId: card.id,
    fields: fieldsOf(collection, card),
    fieldOrder: card.ordinal,
    ...renderCard(collection, card),
    buttons: [1, 2, 3, 4],
    nextReviews: nextStates(collection, card).map(({ label }) => label),
    modelName: note.noteType.name,
    deckName: deckNameOf(collection, card),
    css: note.noteType.css,
    template: templateOf(note, card)?.name ?? '',
  };
};
