import type { DurationMs } from '#lib/domain/time.ts';
import type { Counts, ReviewCard } from './card.ts';

/** The ways to Anki, best first. */
export const GATEWAY_KINDS = ['anki-connect', 'review-server'] as const;
export type GatewayKind = (typeof GATEWAY_KINDS)[number];

/** What a gateway can do; what it cannot is not shown. */
export type Abilities = {
  /** Take back a grade that was counted. */
  readonly undo: boolean;
  /** Name the decks and review one of them. */
  readonly decks: boolean;
  readonly counts: boolean;
  /** Show more than the current card, so that a grade can be held back while the next one is shown. */
  readonly lookahead: boolean;
};

/** Why no card can be had. `code` is for programs, the rest is a sentence each; `command` is to be run on the Mac. */
export type GatewayTrouble = {
  readonly code:
    | 'unreachable' // nothing answers
    | 'silent' // Anki's window is busy or asleep
    | 'slow' // it answers, each time late
    | 'foreign'
    | 'forbidden'
    | 'key-needed'
    | 'collection-closed'
    | 'no-reviewer' // Anki shows no card, and this gateway cannot open one
    | 'incompatible'
    | 'too-large' // a card that no answer can hold
    | 'failed';
  readonly message: string;
  readonly remedy: string | null;
  readonly command: string | null;
};

/** Cards to review now, in their order; empty when nothing is due. */
export type Hand = {
  readonly cards: readonly ReviewCard[];
  readonly counts: Counts | null;
  /** What could be done for it to come faster, where Anki was slow. */
  readonly hint: GatewayTrouble | null;
};

export type HandQuestion = {
  /** Full name; null: every deck. */
  readonly deck: string | null;
  /** From 1 to 30. */
  readonly limit: number;
  /** Whether new cards may be among them, within the deck's limit. */
  readonly newCards: boolean;
};

export type Deck = {
  readonly id: number;
  /** Full name, `A::B`. */
  readonly name: string;
  readonly counts: Counts;
};

export type Read<Value> = { readonly value: Value } | { readonly trouble: GatewayTrouble };

/** One way to read from Anki. No method rejects, none changes anything in Anki. */
export type Gateway = {
  readonly kind: GatewayKind;
  readonly abilities: Abilities;
  readonly hand: (question: HandQuestion) => Promise<Read<Hand>>;
  /** In the order of their names; an empty list where it cannot name them. */
  readonly decks: () => Promise<Read<readonly Deck[]>>;
};

/** What is known of the way to Anki; null stands for what could not be found out. */
export type AnkiDiagnosis = {
  readonly port: number;
  readonly reach: 'answers' | 'refused' | 'silent' | 'foreign' | null;
  readonly generation: 'archive' | '25.11.9' | null;
  readonly keyNeeded: boolean | null;
  readonly collection: 'open' | 'closed' | null;
  /** The name of the profile; null also where the add-on is too old to tell. */
  readonly profile: string | null;
  readonly isReviewing: boolean | null;
  /** Of some calls just now; null where none was answered. */
  readonly latency: { readonly p50Ms: DurationMs; readonly p95Ms: DurationMs } | null;
  /** macOS is probably slowing down Anki, because its window is hidden. */
  readonly appNap: boolean;
  /** `api`: media come through AnkiConnect one by one, because the directory cannot be read from here. */
  readonly media: 'directory' | 'api' | null;
};
