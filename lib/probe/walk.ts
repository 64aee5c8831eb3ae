import type { Socket } from 'node:net';
import type { Health } from '#lib/domain/health.ts';
import type { Answered, Failed, Phase, PhaseTimings, Target } from '#lib/domain/probe.ts';
import type { DurationMs, EpochMs } from '#lib/domain/time.ts';
import type { Clock } from './clock.ts';
import type { Why } from './fault.ts';

/** One probe on its way: which phase it is in, how long the ones before took, and the socket it holds. */
export class Walk {
  phase: Phase;
  /** After it no phase counts and no socket is kept. */
  ended = false;
  readonly #target: Target;
  readonly #clock: Clock;
  readonly #startedAt: EpochMs;
  readonly #begunAt: DurationMs;
  readonly #timings: { [P in Phase]?: DurationMs } = {};
  #enteredAt: DurationMs;
  #socket: Socket | undefined;
  #where: Pick<Failed, 'address' | 'addresses'> = {};

  /** Starts the clock, in the phase that comes first. */
  constructor(target: Target, first: Phase, clock: Clock) {
    this.#target = target;
    this.#clock = clock;
    this.#startedAt = clock.now();
    this.#begunAt = clock.mono();
    this.#enteredAt = this.#begunAt;
    this.phase = first;
  }

  /** The moment, by `mono`, at which the probe will have taken this long. */
  after(durationMs: DurationMs): DurationMs {
    return this.#begunAt + durationMs;
  }

  enter(phase: Phase): void {
    const now = this.#clock.mono();
    this.#timings[this.phase] = now - this.#enteredAt;
    this.#enteredAt = now;
    this.phase = phase;
  }

  /** Notes where it goes: `addresses` when a name was resolved. */
  goTo(address: string, addresses?: readonly string[]): void {
    this.#where = addresses === undefined ? { address } : { address, addresses };
  }

  /** Makes the socket end with the probe. */
  hold(socket: Socket): void {
    this.#socket = socket;
    if (this.ended) socket.destroy();
  }

  end(): void {
    this.ended = true;
    this.#socket?.destroy();
  }

  answered(health: Health): Answered {
    return { ...this.#sofar(), outcome: 'answered', status: 200, health };
  }

  /** What the probe has seen if it ends here, in the phase it is in. It may go on. */
  failed(why: Why): Failed {
    return { ...this.#sofar(), outcome: 'failed', failedIn: this.phase, ...why };
  }

  #sofar() {
    const now = this.#clock.mono();
    const timings: PhaseTimings = { ...this.#timings, [this.phase]: now - this.#enteredAt };
    const totalMs = now - this.#begunAt;
    return { target: this.#target, startedAt: this.#startedAt, ...this.#where, timings, totalMs };
  }
}
