import { RequestFailure, readReply } from '#lib/client/request.ts';
import { type HandView, handSchema } from '#lib/contract/review.ts';
import { wantsHand } from '#lib/domain/review/refill.ts';
import { phaseOf } from '#lib/domain/review/session.ts';
import { type DurationMs, SECOND } from '#lib/domain/time.ts';
import type { Phone } from './phone.ts';
import type { Ask } from './send-grades.ts';
import type { SessionCore } from './session-core.ts';

/** As many as Lifeline gives at once. */
const LIMIT = 30;
/** A Mac that slows Anki down needs some seconds for so many cards. */
const HAND_TIMEOUT_MS = 10 * SECOND;
/** After so long the phone goes on from its own cards, while the Mac may still answer. */
const PATIENCE_MS = 1.5 * SECOND;
/** While nothing is shown yet: an app that opens under a sleeping Mac is readable within a second. */
const FIRST_PATIENCE_MS: DurationMs = 300;

/** Asks the Mac for cards. Throws a RequestFailure. */
export async function askForHand(asked: Ask, deck: string | null, newCards: boolean): Promise<HandView> {
  const query = new URLSearchParams({ limit: String(LIMIT), new: newCards ? '1' : '0' });
  if (deck !== null) query.set('deck', deck);
  return readReply(await asked(`/api/review/hand?${query}`, HAND_TIMEOUT_MS), handSchema);
}

/** The Mac answered, and the session is about to take it in; `isBack`: after the phone went on without it. */
type OnHand = (view: HandView, how: { readonly isBack: boolean }) => void;

/** Keeps the session in cards: from the Mac, or else those that the phone holds. */
export class HandFeed {
  readonly #core: SessionCore;
  readonly #phone: Phone;
  readonly #onHand: OnHand;
  #asking: Promise<void> | null = null;
  #askedDeck: string | null = null;
  #askedAt: DurationMs | null = null;
  #isDoubted = false;

  constructor(core: SessionCore, phone: Phone, onHand: OnHand) {
    this.#core = core;
    this.#phone = phone;
    this.#onHand = onHand;
  }

  /** Asks if it is time to. */
  tick(): void {
    const sinceMs = this.#askedAt === null ? Number.POSITIVE_INFINITY : this.#phone.mono() - this.#askedAt;
    if (wantsHand(this.#core.state, { sinceMs, now: this.#phone.wall() })) void this.ask();
  }

  /** Asks now, unless that is under way for the same deck. Resolves when the session knows the answer. */
  ask(): Promise<void> {
    if (this.#asking !== null) {
      const isForThisDeck = this.#askedDeck === this.#core.state.deck;
      return isForThisDeck ? this.#asking : this.#asking.then(() => this.ask());
    }
    this.#askedDeck = this.#core.state.deck;
    this.#asking = this.#exchange().finally(() => {
      this.#asking = null;
    });
    return this.#asking;
  }

  /** Asks now, because something else of the Mac did not answer; if this does not either, it is away without more ado. */
  doubt(): Promise<void> {
    this.#isDoubted = true;
    const { deck } = this.#core.state;
    // It may be under way for long.
    this.#phone.later(PATIENCE_MS, () => void this.#fallBackEarly(deck));
    return this.ask();
  }

  async #exchange(): Promise<void> {
    const { deck, stamp } = this.#core.state;
    this.#askedAt = this.#phone.mono();
    const patienceMs = phaseOf(this.#core.state) === 'loading' ? FIRST_PATIENCE_MS : PATIENCE_MS;
    const forgetPatience = this.#phone.later(patienceMs, () => void this.#fallBackEarly(deck));
    try {
      const view = await askForHand(this.#phone.ask, deck, true);
      this.#isDoubted = false;
      if (this.#core.state.deck !== deck) return;
      const kept = view.gateway === null ? await this.#phone.kept.cards(deck) : [];
      const isBack = this.#core.state.source === 'offline';
      // First, because a card that is shown asks for its files at once.
      this.#onHand(view, { isBack });
      await this.#core.dispatch({ type: 'hand', news: view, kept, stamp, at: this.#phone.wall() });
      void this.#phone.kept.keep(view, { newCards: this.#phone.keepsNewCards(), at: this.#phone.wall() });
    } catch (failure) {
      if (!(failure instanceof RequestFailure)) throw failure;
      await this.#fallBack(deck, failure.message);
    } finally {
      forgetPatience();
    }
  }

  async #fallBackEarly(deck: string | null): Promise<void> {
    const kept = await this.#phone.kept.cards(deck);
    const isWaiting = this.#asking !== null && (this.#isDoubted || phaseOf(this.#core.state) === 'loading');
    if (isWaiting && (kept.length > 0 || this.#isDoubted)) await this.#fallBack(deck, 'The Mac has not answered yet.');
  }

  async #fallBack(deck: string | null, why: string): Promise<void> {
    const kept = await this.#phone.kept.cards(deck);
    if (this.#core.state.deck === deck)
      await this.#core.dispatch({ type: 'silent', why, kept, at: this.#phone.wall() });
  }
}
