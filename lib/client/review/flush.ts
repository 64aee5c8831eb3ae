import type { Grade } from '#lib/domain/review/grading.ts';
import { BATCH, type Outbox, toSend } from '#lib/domain/review/outbox.ts';
import { type DurationMs, SECOND } from '#lib/domain/time.ts';
import type { Sent } from './send-grades.ts';

/** After a failure; iOS lets the first request after a resume fail, so the second one comes soon. */
const AFTER_FAILURE_MS = [1.5 * SECOND, 5 * SECOND, 10 * SECOND, 30 * SECOND] as const;
/** While Lifeline finds out what became of a grade. */
const WHILE_PENDING_MS = [SECOND, 2 * SECOND, 5 * SECOND] as const;

export type FlushEffects = {
  readonly outbox: () => Outbox;
  /** Sends these, and has taken in what came back when it resolves. Never rejects. */
  readonly send: (grades: readonly Grade[], keepalive: boolean) => Promise<Sent>;
  /** Does the work while no other window of this phone does. */
  readonly alone: (work: () => Promise<void>) => Promise<void>;
  /** Calls back once. Returns how not to. */
  readonly later: (ms: DurationMs, then: () => void) => () => void;
  readonly isVisible: () => boolean;
};

/** Gets the outbox to Lifeline, one request at a time, and tries again by itself for as long as anything waits. */
export class Flusher {
  readonly #effects: FlushEffects;
  #running: Promise<void> | null = null;
  #following: Promise<void> | null = null;
  /** What a request carries now that may outlive the page. */
  readonly #leaving = new Set<string>();
  #requests = 0;
  /** With which request each was asked about last, where Lifeline answered. */
  readonly #askedAt = new Map<string, number>();
  #isRefused = false;
  #failures = 0;
  #pendings = 0;
  #forgetTimer = () => {};

  constructor(effects: FlushEffects) {
    this.#effects = effects;
  }

  /** Sends what can be sent now. Resolves when that is over, well or not. */
  flush(): Promise<void> {
    if (this.#running === null) {
      this.#running = this.#effects
        .alone(() => this.#round())
        .finally(() => {
          this.#running = null;
        });
      return this.#running;
    }
    this.#following ??= this.#running.then(() => {
      this.#following = null;
      return this.flush();
    });
    return this.#following;
  }

  /** Resolves when what was to be sent by now is over. */
  idle(): Promise<void> {
    return this.#following ?? this.#running ?? Promise.resolve();
  }

  /** The Mac takes this phone's grades, as it says now: sends, if it said otherwise before. */
  allow(): void {
    if (this.#isRefused) void this.flushAnew();
  }

  /** Sends, though this phone was refused before. */
  flushAnew(): Promise<void> {
    this.#isRefused = false;
    return this.flush();
  }

  /** Has Lifeline say again what became of a grade that it has. Resolves when its answer is taken in, if there is one. */
  async check(grade: Grade): Promise<void> {
    await this.#effects.send([grade], false);
  }

  /** The page may go away: sends at once what a round would send next, in a request that outlives it. */
  leave(): void {
    const grades = this.#next(BATCH);
    if (grades.length === 0 || this.#isRefused) return;
    for (const { gradeId } of grades) this.#leaving.add(gradeId);
    void this.#effects.send(grades, true).then(({ kind }) => {
      for (const { gradeId } of grades) this.#leaving.delete(gradeId);
      if (kind !== 'answered') this.#again(AFTER_FAILURE_MS, 1);
    });
  }

  async #round(): Promise<void> {
    this.#forgetTimer();
    let limit = BATCH;
    while (limit > 0) limit = await this.#sendUpTo(limit);
  }

  /** Sends so many at most. Resolves to how many may follow at once; 0: the round is over. */
  async #sendUpTo(limit: number): Promise<number> {
    const grades = this.#next(limit);
    if (grades.length === 0 || this.#isRefused) return 0;
    const { kind } = await this.#effects.send(grades, false);
    this.#requests += 1;
    if (kind === 'answered') for (const { gradeId } of grades) this.#askedAt.set(gradeId, this.#requests);
    this.#isRefused = kind === 'refused';
    this.#failures = kind === 'failed' ? this.#failures + 1 : 0;
    if (kind === 'failed') this.#again(AFTER_FAILURE_MS, this.#failures);
    if (kind === 'failed' || kind === 'refused') return 0;
    // One that Lifeline cannot take is found by sending each alone, so that it does not stop the others.
    if (kind === 'unfit' && grades.length > 1) return 1;
    if (this.#hasLess(grades)) return limit;
    this.#again(WHILE_PENDING_MS, this.#pendings);
    return 0;
  }

  /** Those that were asked about longest ago first, so that what stays pending does not keep others from being sent. */
  #next(limit: number): readonly Grade[] {
    const waiting = toSend(this.#effects.outbox()).filter(({ gradeId }) => !this.#leaving.has(gradeId));
    const place = ({ gradeId }: Grade) => this.#askedAt.get(gradeId) ?? 0;
    return waiting.toSorted((one, other) => place(one) - place(other)).slice(0, limit);
  }

  /** Whether any of these need not be sent again. */
  #hasLess(sent: readonly Grade[]): boolean {
    const left = new Set(toSend(this.#effects.outbox()).map(({ gradeId }) => gradeId));
    const hasLess = sent.some(({ gradeId }) => !left.has(gradeId));
    this.#pendings = hasLess ? 0 : this.#pendings + 1;
    return hasLess;
  }

  #again(delays: readonly DurationMs[], nth: number): void {
    const ms = delays[Math.min(nth, delays.length) - 1] ?? 0;
    this.#forgetTimer = this.#effects.later(ms, () => {
      if (this.#effects.isVisible()) void this.flush();
      else this.#again(delays, nth);
    });
  }
}
