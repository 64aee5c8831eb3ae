import type { PhoneSample } from '#lib/domain/phone-sample.ts';
import { type DurationMs, type EpochMs, SECOND } from '#lib/domain/time.ts';

const EVERY_MS = 15 * SECOND;
const AFTER_FAILURE_MS = 5 * SECOND;
/** iOS lets a request fail that begins right at a resume: the first one waits, and a lone failure soon after is asked again. */
const AFTER_RESUME_MS = 1.5 * SECOND;
const FORGIVEN_MS = 3 * SECOND;
const AGAIN_MS = SECOND;
/** Beyond its own timeout, or where the clocks disagree, the page was frozen while it waited: that measured nothing. */
const LONGEST_MS = 6 * SECOND;
const CLOCKS_AGREE_MS = SECOND;
const HAND_IN_EVERY_MS = 30 * SECOND;

export type WayEffects = {
  /** One request. Never rejects. */
  readonly measure: () => Promise<Omit<PhoneSample, 'at'>>;
  /** Takes a sample down. Never rejects. */
  readonly keep: (sample: PhoneSample) => Promise<void>;
  /** Gives the Mac what it does not have. Resolves to false where it takes nothing from this phone. Never rejects. */
  readonly handIn: () => Promise<boolean>;
  /** The phone's clock, which may jump, and one that does not. */
  readonly wall: () => EpochMs;
  readonly mono: () => DurationMs;
  /** Calls back once. Returns how not to. */
  readonly later: (ms: DurationMs, then: () => void) => () => void;
};

/** Measures the way to Lifeline while the app is seen, and not at all while it is hidden: timers are frozen then. */
export class WayWatch {
  readonly #effects: WayEffects;
  #forgetTimer = () => {};
  /** Another one means that what is on its way belongs to a time that is over. */
  #epoch = 0;
  #seenSince: DurationMs = 0;
  #isForgiven = false;
  #lastFailed = false;
  #handedInAt: DurationMs | null = null;
  #isRefused = false;

  constructor(effects: WayEffects) {
    this.#effects = effects;
  }

  /** The app is seen, from now on. */
  show(): void {
    this.hide();
    if (this.#isRefused) return;
    this.#seenSince = this.#effects.mono();
    this.#isForgiven = false;
    this.#next(AFTER_RESUME_MS);
  }

  /** The app is hidden or closed: nothing that is on its way counts. */
  hide(): void {
    this.#epoch += 1;
    this.#forgetTimer();
  }

  #next(ms: DurationMs): void {
    const epoch = this.#epoch;
    this.#forgetTimer = this.#effects.later(ms, () => {
      if (epoch === this.#epoch) void this.#measure(epoch);
    });
  }

  async #measure(epoch: number): Promise<void> {
    const { measure, keep, wall, mono } = this.#effects;
    const [at, begun] = [wall(), mono()];
    const { outcome, ms } = await measure();
    if (epoch !== this.#epoch) return;
    const took = mono() - begun;
    if (took > LONGEST_MS || Math.abs(wall() - at - took) > CLOCKS_AGREE_MS) return this.#next(AFTER_RESUME_MS);
    const hasFailed = outcome !== 'answered';
    if (hasFailed && !this.#isForgiven && begun - this.#seenSince < FORGIVEN_MS) {
      this.#isForgiven = true;
      return this.#next(AGAIN_MS);
    }
    await keep({ at, outcome, ms });
    if (epoch !== this.#epoch) return;
    this.#next(hasFailed ? AFTER_FAILURE_MS : EVERY_MS);
    if (!hasFailed) await this.#handIn();
    this.#lastFailed = hasFailed;
  }

  async #handIn(): Promise<void> {
    const { handIn, mono } = this.#effects;
    const isDue = this.#handedInAt === null || mono() - this.#handedInAt >= HAND_IN_EVERY_MS - SECOND;
    if (!isDue && !this.#lastFailed) return;
    this.#handedInAt = mono();
    if (await handIn()) return;
    this.#isRefused = true;
    this.hide();
  }
}
