import type { EpochMs } from '#lib/domain/time.ts';
import type { Counts, ReviewCard } from './card.ts';
import type { Abilities, GatewayKind, GatewayTrouble } from './gateway.ts';
import type { Answered } from './grading.ts';
import type { Outbox, OutboxEntry } from './outbox.ts';

/** Where the cards come from now. `offline`: what the phone holds, because nothing on the Mac gives any. */
export type Source = GatewayKind | 'offline';

/** The card on the screen. */
export type Shown = {
  readonly card: ReviewCard;
  readonly side: 'question' | 'answer';
  readonly shownAt: EpochMs;
  /** Counts the cards of this session: another number, another showing, also of the same card. */
  readonly turn: number;
};

/** A card of the hand, and how it came to the phone. */
export type Dealt = { readonly card: ReviewCard; readonly source: Source };

/** Whether this phone's grades are taken; `detail` is a sentence that says why not. */
export type MayGrade = { readonly allowed: boolean; readonly detail: string | null };

/** What the Mac says when it is asked for cards. */
export type HandNews = {
  readonly gateway: { readonly kind: GatewayKind; readonly abilities: Abilities } | null;
  readonly troubles: readonly { readonly kind: GatewayKind; readonly trouble: GatewayTrouble }[];
  /** What could be done for cards to come faster, where Anki was slow. */
  readonly hint: GatewayTrouble | null;
  readonly counts: Counts | null;
  readonly cards: readonly ReviewCard[];
  readonly mayGrade: MayGrade;
};

export type SessionState = {
  /** Full name; null: every deck. */
  readonly deck: string | null;
  readonly outbox: Outbox;
  /** To come, without the one on the screen. */
  readonly hand: readonly Dealt[];
  readonly shown: (Shown & { readonly source: Source }) | null;
  readonly turn: number;
  readonly gateway: HandNews['gateway'];
  readonly troubles: HandNews['troubles'];
  readonly hint: GatewayTrouble | null;
  readonly mayGrade: MayGrade;
  readonly counts: Counts | null;
  /** Null before anything is known. */
  readonly source: Source | null;
  /** Why the Mac gives no cards, in a sentence; null while it answers. */
  readonly silence: string | null;
  /** Cards are on their way: that there are none to show means nothing yet. */
  readonly isExpecting: boolean;
  /** The card or its answer has just appeared: presses do nothing, so that a double tap is one press. */
  readonly isDead: boolean;
  /** A press is being written down, or an undo is under way: presses do nothing, and the card on the screen stays. */
  readonly isBusy: boolean;
  /** Presses of this session, newest last, with the cards they were given to. */
  readonly presses: readonly { readonly gradeId: string; readonly dealt: Dealt }[];
  readonly done: number;
  readonly startedAt: EpochMs | null;
  readonly pressedAt: EpochMs | null;
  readonly notice: string | null;
  /** Counts presses and outcomes. Cards asked for at one stamp are outdated where `touched` has a later one. */
  readonly stamp: number;
  readonly touched: ReadonlyMap<number, number>;
};

/** Everything that happens to a session. Moments are by the phone's clock. */
export type SessionEvent =
  | { readonly type: 'recalled'; readonly entries: Outbox; readonly at: EpochMs }
  /** Cards came. `stamp`: as it was when they were asked for. `kept`: what the phone holds, where there is no gateway. */
  | {
      readonly type: 'hand';
      readonly news: HandNews;
      readonly kept: readonly ReviewCard[];
      readonly stamp: number;
      readonly at: EpochMs;
    }
  | { readonly type: 'silent'; readonly why: string; readonly kept: readonly ReviewCard[]; readonly at: EpochMs }
  | { readonly type: 'revealed' }
  /** The dead time is over. */
  | { readonly type: 'woke' }
  | { readonly type: 'pressed'; readonly entry: OutboxEntry }
  /** The press is written down, and sent where the next card comes with the answer. */
  | { readonly type: 'next'; readonly gradeId: string; readonly at: EpochMs }
  | { readonly type: 'released'; readonly gradeId: string | null }
  | {
      readonly type: 'answered';
      readonly answers: readonly { readonly gradeId: string; readonly answer: Answered }[];
      readonly next: ReviewCard | null;
      readonly counts: Counts | null;
      readonly at: EpochMs;
    }
  | { readonly type: 'skipped'; readonly at: EpochMs }
  | { readonly type: 'taken-back'; readonly at: EpochMs }
  | { readonly type: 'undoing' }
  | {
      readonly type: 'undone';
      readonly gradeId: string;
      readonly answer: Answered;
      readonly card: ReviewCard | null;
      readonly at: EpochMs;
    }
  /** `isFinal`: it stays counted, whenever it is asked again. */
  | { readonly type: 'not-undone'; readonly gradeId: string; readonly why: string; readonly isFinal: boolean }
  | { readonly type: 'deck'; readonly deck: string | null }
  | { readonly type: 'seen'; readonly gradeId: string }
  | { readonly type: 'insisted'; readonly gradeId: string; readonly entry: OutboxEntry }
  | { readonly type: 'refused'; readonly detail: string }
  | { readonly type: 'noticed'; readonly notice: string }
  | { readonly type: 'forgot'; readonly at: EpochMs };

export const startSession = (deck: string | null): SessionState => ({
  deck,
  outbox: [],
  hand: [],
  shown: null,
  turn: 0,
  gateway: null,
  troubles: [],
  hint: null,
  mayGrade: { allowed: true, detail: null },
  counts: null,
  source: null,
  silence: null,
  isExpecting: true,
  isDead: false,
  isBusy: false,
  presses: [],
  done: 0,
  startedAt: null,
  pressedAt: null,
  notice: null,
  stamp: 0,
  touched: new Map(),
});
