import type { FrameMedia } from '#lib/contract/card-frame.ts';
import type { GatewayView } from '#lib/contract/review.ts';
import type { Counts, Ease, ReviewCard } from '#lib/domain/review/card.ts';
import type { GatewayKind, GatewayTrouble } from '#lib/domain/review/gateway.ts';
import type { Answered, Grade } from '#lib/domain/review/grading.ts';
import type { Shown, Source } from '#lib/domain/review/session-state.ts';
import type { EpochMs } from '#lib/domain/time.ts';

export type { Shown, Source } from '#lib/domain/review/session-state.ts';

/** A grade that was not counted as pressed, until the person has seen it. `isAnswerable`: "count it anyway" makes sense. */
export type Problem = {
  readonly grade: Grade;
  readonly answer: Exclude<Answered, { status: 'applied' | 'pending' | 'undone' }>;
  /** What the front of the card says, cut short. */
  readonly label: string;
  readonly isAnswerable: boolean;
};

/** Everything that the review screen shows, and what it can do. */
export type ReviewSession = {
  /**
   * `loading`: nothing is known yet; `card`: there is one; `finished`: nothing is due; `nothing`: no way to Anki and no card on
   * the phone, `troubles` say why.
   */
  readonly phase: 'loading' | 'card' | 'finished' | 'nothing';
  readonly source: Source | null;
  readonly gateway: GatewayView | null;
  readonly troubles: readonly { readonly kind: GatewayKind; readonly trouble: GatewayTrouble }[];
  /** What could be done for cards to come faster, where Anki was slow; null offline, too. */
  readonly hint: GatewayTrouble | null;
  /** Why the Mac gives no cards, in a sentence; null while it answers, even if only to say that it has no way to Anki. */
  readonly silence: string | null;
  readonly mayGrade: { readonly allowed: boolean; readonly detail: string | null };
  readonly shown: Shown | null;
  readonly counts: Counts | null;
  /** Null: every deck. */
  readonly deck: string | null;
  /** Grades of this session, and the cards still held. */
  readonly progress: { readonly done: number; readonly left: number };
  readonly startedAt: EpochMs | null;
  /** Grades on this phone that Anki has not confirmed, the held back one included. */
  readonly waiting: number;
  /** Why Anki has not confirmed a grade that Lifeline has, in a sentence; null while there is none. */
  readonly pendingWhy: string | null;
  readonly problems: readonly Problem[];
  /** What Undo would take back. */
  readonly undoable: { readonly ease: Ease; readonly isHeld: boolean } | null;
  /** A sentence about the last thing that failed, such as an undo that was refused; null after the next press. */
  readonly notice: string | null;
  /** Presses do nothing now, so that a double tap is one press, and while one is written down. */
  readonly isDead: boolean;
  readonly reveal: () => void;
  readonly grade: (ease: Ease) => void;
  /** Only where grades are not taken: the next card; this one comes again at the end. */
  readonly skip: () => void;
  readonly undo: () => void;
  readonly chooseDeck: (deck: string | null) => void;
  /** Asks the Mac again, at once. Resolves when the answer is known. */
  readonly refresh: () => Promise<void>;
  /** The person has seen a problem. */
  readonly dismiss: (gradeId: string) => void;
  /** Count a stale grade anyway. */
  readonly insist: (gradeId: string) => void;
  /** The card's files, for the frame and the player: from the Mac, or as bytes that the phone holds. */
  readonly media: (card: ReviewCard) => Promise<Readonly<Record<string, FrameMedia>>>;
};
