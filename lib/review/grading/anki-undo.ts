import type { DurationMs } from '#lib/domain/time.ts';
import { GUI_REVIEW_ACTIVE, REVIEWED_TODAY } from '#lib/review/anki-actions.ts';
import type { AnkiConnectClient } from '#lib/review/anki-connect.ts';
import { callRead } from '#lib/review/call-read.ts';
import { getReviewsOfCards } from '#lib/review/card-actions.ts';
import { GUI_CURRENT_CARD, GUI_UNDO, guiDeckReview } from '#lib/review/gui-actions.ts';
import { type Asked, deckToRefresh, type Look, readSettledLog, reviewsIn, whyNot, within } from './anki-look.ts';

/** A row of a card's log, in a profile's collection where that is known. */
export type Row = Asked & Pick<Look, 'profile'> & { readonly revlogId: number };

/**
 * Whether Anki's last step is, as far as it tells, this row of its log: the newest of its card, and the day's last review. A
 * sentence where Anki does not tell. What was done since that leaves no review (a note edited, a card suspended) cannot be
 * seen, so an undo may still hit that. Never rejects.
 */
export async function isLastStep(
  anki: AnkiConnectClient,
  { cardId, revlogId, reviewedToday, patienceMs }: Row & { readonly reviewedToday: number | null },
): Promise<boolean | string> {
  const said = await callRead(() => anki.callAll([getReviewsOfCards([cardId]), REVIEWED_TODAY], within(patienceMs)));
  if (said.outcome !== 'answered') return whyNot(said);
  const [log, today] = said.value;
  const reviews = reviewsIn(log, cardId);
  if (reviews === null) return whyNot(log);
  if (today.outcome !== 'answered') return whyNot(today);
  return reviews.at(-1)?.id === revlogId && today.value === reviewedToday;
}

/** Presses undo, once. It may work now, later or never: only the log tells. Never rejects. */
export async function pressUndo(anki: AnkiConnectClient, patienceMs: DurationMs): Promise<void> {
  await anki.call(GUI_UNDO, { patienceMs });
}

/** Whether a row is still in the log, after all that Anki was asked before. Never rejects. */
export async function readRow(anki: AnkiConnectClient, row: Row): Promise<'there' | 'gone' | 'silent'> {
  const reviews = await readSettledLog(anki, row);
  if (typeof reviews === 'string') return 'silent';
  return reviews.some(({ id }) => id === row.revlogId) ? 'there' : 'gone';
}

/** An undo while Anki is not in front leaves its reviewer with the wrong card. Never rejects. */
export async function refreshReviewer(
  anki: AnkiConnectClient,
  chosen: string | null,
  patienceMs: DurationMs,
): Promise<void> {
  const said = await anki.callAll([GUI_REVIEW_ACTIVE, GUI_CURRENT_CARD], within(patienceMs));
  if (said.outcome !== 'answered') return;
  const [active, current] = said.value;
  if (active.outcome !== 'answered' || !active.value || current.outcome !== 'answered') return;
  await anki.call(guiDeckReview(deckToRefresh(chosen, current.value.deckName)), { patienceMs });
}
