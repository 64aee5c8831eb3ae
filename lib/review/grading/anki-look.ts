import type { Review } from '#lib/domain/review/grading.ts';
import type { CardNow } from '#lib/domain/review/judge-grade.ts';
import type { DurationMs } from '#lib/domain/time.ts';
import { ACTIVE_PROFILE } from '#lib/review/anki-actions.ts';
import type { AnkiConnectClient, CallLimits, Fault, Reply } from '#lib/review/anki-connect.ts';
import { callRead } from '#lib/review/call-read.ts';
import { cardsInfo, getReviewsOfCards } from '#lib/review/card-actions.ts';
import { GUI_CURRENT_CARD } from '#lib/review/gui-actions.ts';
import { sentenceOf } from './anki-words.ts';

/** Two sides of a card as HTML, with whatever images its author has pasted into them. */
const LIMIT_BYTES = 16_777_216;
/** The limits of a call that tells of cards. */
export const within = (patienceMs: DurationMs): CallLimits => ({ patienceMs, limitBytes: LIMIT_BYTES });

/** One card, and how long to wait for each call about it. */
export type Asked = { readonly cardId: number; readonly patienceMs: DurationMs };

/**
 * `card` null: it is not in the collection. `shownIn`: the deck of the card, where the reviewer shows this very card. `profile`:
 * whose collection it is; null where the add-on does not tell, as before 2025.
 */
export type Look = {
  readonly card: CardNow | null;
  readonly shownIn: string | null;
  readonly profile: string | null;
};

/** What Anki says of a card now, in one call without any effect, or a sentence that says why it says nothing. Never rejects. */
export async function lookAtCard(anki: AnkiConnectClient, { cardId, patienceMs }: Asked): Promise<Look | string> {
  const actions = [getReviewsOfCards([cardId]), cardsInfo([cardId]), GUI_CURRENT_CARD, ACTIVE_PROFILE] as const;
  const said = await callRead(() => anki.callAll(actions, within(patienceMs)));
  if (said.outcome !== 'answered') return whyNot(said);
  const [log, infos, current, profile] = said.value;
  const reviews = reviewsIn(log, cardId);
  const info = infos.outcome === 'answered' ? infos.value[0] : undefined;
  if (reviews === null) return whyNot(log);
  if (info === undefined) return whyNot(infos);
  const isShown = current.outcome === 'answered' && current.value.cardId === cardId;
  const card = info === null ? null : { reviews, queue: info.queue };
  return { card, shownIn: isShown ? current.value.deckName : null, profile: profileIn(profile) };
}

/** A sentence for an answer that does not tell what was asked. */
export function whyNot(said: Reply<unknown> | Fault): string {
  if (said.outcome === 'api-error') return `Anki says: ${said.message}`;
  const isStrange = said.outcome === 'answered' || said.outcome === 'bad-shape';
  return isStrange ? 'Anki answered something that cannot be read.' : sentenceOf(said);
}

/** The card's rows in a reply, oldest first; null where it is none. */
export const reviewsIn = (log: Reply<Record<string, readonly Review[]>>, cardId: number): readonly Review[] | null =>
  log.outcome === 'answered' ? (log.value[cardId] ?? []).toSorted((a, b) => a.id - b.id) : null;

const profileIn = (profile: Reply<string | null>): string | null =>
  profile.outcome === 'answered' ? profile.value : null;

/** Sentences that say why a log is not known. */
const SILENT = 'Anki does not answer, so it is not known yet.';
export const ANOTHER_PROFILE = 'Anki has another profile open.';

/**
 * A card's rows, oldest first, once everything that Anki was asked before has been carried out or dropped: it takes connections
 * in their order, so a later one that is answered proves that. A sentence while it is not known, as in a collection other than
 * that of `profile`, where that is told. Never rejects. Source: review reference §1.1.
 */
export async function readSettledLog(
  anki: AnkiConnectClient,
  { cardId, patienceMs, profile }: Asked & Pick<Look, 'profile'>,
): Promise<readonly Review[] | string> {
  const actions = [getReviewsOfCards([cardId]), ACTIVE_PROFILE] as const;
  const said = await callRead(() => anki.callAll(actions, within(patienceMs)));
  if (said.outcome !== 'answered') return SILENT;
  if (isAnother(profileIn(said.value[1]), profile)) return ANOTHER_PROFILE;
  return reviewsIn(said.value[0], cardId) ?? SILENT;
}

/** Whether both are known and not the same. */
export const isAnother = (open: string | null, expected: string | null): boolean =>
  open !== null && expected !== null && open !== expected;

/** The reviewer on this deck shows the card, or will. A narrower deck would end sooner than the one that the person chose. */
export const deckToRefresh = (chosen: string | null, deckOfCard: string): string =>
  chosen !== null && `${deckOfCard}::`.startsWith(`${chosen}::`) ? chosen : deckOfCard;
