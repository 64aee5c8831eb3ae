import { cardFrameUrl, type FrameCard, type FromFrame } from '#lib/contract/card-frame.ts';
import type { DurationMs } from '#lib/domain/time.ts';
import { FrameFeed } from './frame-feed.ts';
import { ANSWER_LIMIT_MS, type FrameWindow, openFrame, whenLate } from './frame-window.ts';
import { definesMacros } from './math-source.ts';

export type CardState =
  | { readonly kind: 'loading' }
  /** Painted. `scriptsStopped`: its scripts were not well-behaved, so it is shown without them. */
  | {
      readonly kind: 'shown';
      readonly turn: number;
      readonly side: FrameCard['side'];
      readonly scriptsStopped: boolean;
    }
  | { readonly kind: 'failed'; readonly turn: number };

/** What a card may ask for; none of it grades. */
type CardWish = Exclude<FromFrame, { type: 'resize' | 'released' }>;

export type CardEvents = {
  /** Only of the card that is shown. */
  readonly said: (wish: CardWish) => void;
  readonly state: (state: CardState) => void;
};

type Open = {
  readonly key: string;
  readonly window: FrameWindow;
  readonly feed: FrameFeed;
  isReady: boolean;
  /** The card's own scripts may run in it. */
  readonly isScripted: boolean;
};

/**
 * Chromium puts a new frame into the process of one that hangs, until that is gone: some 100 ms after its frame, on a busy
 * machine some seconds, and a frame that comes before keeps it. After a frame with scripts the next is therefore given up
 * sooner and tried again, after a longer rest each time.
 */
const RESTS_MS = [500, 1_500, 3_500] as const;
const WARY_LIMIT_MS = 1_500;
const TRIES = RESTS_MS.length;

/** A frame in a process of its own tells of a press and takes the focus by two ways: on a busy machine the focus comes second. */
const FOCUS_COMES_WITHIN_MS: DurationMs = 300;

/** A frame serves all cards but those that leave traces in it: each of those gets one of its own. */
const keyOf = (card: FrameCard): string =>
  `${cardFrameUrl(card)} ${card.scripts || definesMacros(card) ? card.turn : 'any'}`;

/** Shows cards in a frame inside `room`, and replaces the frame when it does not answer or is not what it should be. */
export class CardHost {
  readonly #room: HTMLElement;
  readonly #events: CardEvents;
  #open: Open | null = null;
  #wanted: FrameCard | null = null;
  #stoppedTurn: number | null = null;
  #failedTurn: number | null = null;
  /** How often a frame may still be opened again because it may share the process of scripts that hang. */
  #triesLeft = 0;
  #resting: ReturnType<typeof setTimeout> | null = null;
  #stopWaiting = () => {};

  constructor(room: HTMLElement, events: CardEvents) {
    this.#room = room;
    this.#events = events;
  }

  /** Shows a card, or what changed of it: turning it over is one message to the same frame. */
  show(card: FrameCard): void {
    if (card.turn === this.#failedTurn) return;
    const wanted = card.turn === this.#stoppedTurn ? { ...card, scripts: false } : card;
    this.#wanted = wanted;
    if (this.#resting !== null) return;
    if (this.#open?.key === keyOf(wanted)) void this.#feed();
    else this.#reopen(wanted);
  }

  close(): void {
    if (this.#resting !== null) clearTimeout(this.#resting);
    this.#resting = null;
    this.#wanted = null;
    this.#leave();
  }

  #leave(): void {
    this.#stopWaiting();
    this.#open?.window.close();
    this.#open = null;
  }

  #reopen(card: FrameCard): void {
    if (this.#open?.isScripted) this.#triesLeft = TRIES;
    this.#leave();
    this.#events.state({ kind: 'loading' });
    const window = openFrame(this.#room, cardFrameUrl(card), {
      answerLimitMs: this.#triesLeft > 0 ? WARY_LIMIT_MS : ANSWER_LIMIT_MS,
      ready: () => {
        open.isReady = true;
        this.#triesLeft = 0;
        void this.#feed();
      },
      said: (message) => this.#hear(message),
      broke: () => this.#misbehaved(),
    });
    // Until there is a card in it, it is a white sheet.
    window.element.style.opacity = '0';
    const feed = new FrameFeed(window.send);
    const open: Open = { key: keyOf(card), window, feed, isReady: false, isScripted: card.scripts };
    this.#open = open;
  }

  async #feed(): Promise<void> {
    const open = this.#open;
    if (open === null || this.#wanted === null || !open.isReady) return;
    const isTurned = await open.feed.give(this.#wanted);
    if (!isTurned || open !== this.#open) return;
    this.#stopWaiting();
    this.#stopWaiting = whenLate(ANSWER_LIMIT_MS, () => this.#misbehaved());
  }

  /** Where its scripts may be to blame, or those of the card before, a card gets another chance without them. */
  #misbehaved(): void {
    const card = this.#wanted;
    if (card === null) return;
    this.#leave();
    if (card.scripts) {
      this.#stoppedTurn = card.turn;
      this.#triesLeft = TRIES;
    }
    const restMs = RESTS_MS[TRIES - this.#triesLeft];
    if (restMs === undefined) {
      this.#failedTurn = card.turn;
      this.#events.state({ kind: 'failed', turn: card.turn });
      return;
    }
    this.#triesLeft -= 1;
    this.#events.state({ kind: 'loading' });
    this.#resting = setTimeout(() => {
      this.#resting = null;
      if (this.#wanted !== null) this.show(this.#wanted);
    }, restMs);
  }

  #hear(message: FromFrame): void {
    if (message.turn !== this.#open?.feed.sent?.turn) return;
    if (message.type === 'resize') {
      this.#painted(message.side);
      return;
    }
    const hadFocus = message.type !== 'typed' && this.#takeFocusBack();
    if (message.type !== 'released') this.#events.said(message);
    else if (!hadFocus) this.#takeFocusWhenItComes(message.turn);
  }

  #painted(side: FrameCard['side']): void {
    const sent = this.#open?.feed.sent;
    if (this.#open === null || !sent || side !== sent.side) return;
    this.#stopWaiting();
    this.#open.window.element.style.opacity = '';
    const scriptsStopped = this.#stoppedTurn === sent.turn;
    this.#events.state({ kind: 'shown', turn: sent.turn, side, scriptsStopped });
  }

  /** The page's keys grade and turn over; in the frame there are none. Whether it had the focus. */
  #takeFocusBack(): boolean {
    const frame = this.#open?.window.element;
    const hasIt = frame !== undefined && document.activeElement === frame;
    if (hasIt) frame.blur();
    return hasIt;
  }

  #takeFocusWhenItComes(turn: number): void {
    const take = () => {
      if (this.#open?.feed.sent?.turn === turn) this.#takeFocusBack();
    };
    // While the focus moves it cannot be moved back.
    const onMoved = () => setTimeout(take);
    window.addEventListener('blur', onMoved, { once: true, signal: AbortSignal.timeout(FOCUS_COMES_WITHIN_MS) });
  }
}
