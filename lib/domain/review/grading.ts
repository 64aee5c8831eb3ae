import type { DurationMs, EpochMs } from '#lib/domain/time.ts';
import type { Ease, Guard } from './card.ts';
import type { GatewayKind } from './gateway.ts';

/** One press of an answer button. It is counted once, however often it is sent. */
export type Grade = {
  /** A UUIDv7 made on the phone: the same press always bears the same. */
  readonly gradeId: string;
  readonly deviceId: string;
  /** Counts the presses of one device. */
  readonly seq: number;
  readonly cardId: number;
  readonly ease: Ease;
  readonly shownAt: EpochMs;
  readonly answeredAt: EpochMs;
  readonly msTaken: DurationMs;
  /** Of the card as it was shown; null where its gateway has no review log. */
  readonly guard: Guard | null;
  readonly deck: string | null;
  /** Whether the card was in learning: such a grade soon means nothing any more. */
  readonly wasLearning: boolean;
  /** How the card came to the phone. */
  readonly source: GatewayKind | 'offline';
  /** The person was asked about a stale grade and wants it counted. */
  readonly insist: boolean;
};

/** One row of Anki's review log. */
export type Review = { readonly id: number; readonly ease: number };

/** Rescheduling by hand or by FSRS leaves rows as well, with ease 0. */
export const isAnswer = ({ ease }: Review): boolean => ease > 0;

/** What became of a grade, for ever. */
export type Outcome =
  /** `revlogId`: the row of Anki's log that proves it; null where the gateway has no log and the card was seen to move on. */
  | { readonly status: 'applied'; readonly revlogId: number | null }
  /**
   * Not counted, because the card was reviewed elsewhere since it was shown (`reviewed`) or another card was in its place
   * (`another-card`); or counted by somebody with another answer (`other-ease`), or more than once in spite of all (`twice`).
   */
  | { readonly status: 'conflict'; readonly why: 'reviewed' | 'another-card' | 'other-ease' | 'twice' }
  /** The card is not in the collection any more. */
  | { readonly status: 'gone' }
  | { readonly status: 'blocked'; readonly why: 'suspended' | 'buried' }
  /** Given too long ago to be counted unasked: a card in learning for over 30 min, or any across the change of day. */
  | { readonly status: 'stale'; readonly why: 'learning' | 'day' }
  /** Nothing was counted. `detail` is a sentence. */
  | { readonly status: 'failed'; readonly detail: string }
  /** Whether it was counted cannot be found out; it is never sent again. `detail` is a sentence. */
  | { readonly status: 'unproven'; readonly detail: string }
  /** It was taken back, most often after it was counted. */
  | { readonly status: 'undone' };

/** What the phone is told of a grade that it sent: keep it and ask again while it is `pending`. */
export type Answered = Outcome | { readonly status: 'pending'; readonly detail: string };
