import type { GapReason } from '#lib/domain/cause.ts';
import type { Diagnosis } from '#lib/domain/diagnosis.ts';
import type { Blind, Fact, Facts, Generation } from '#lib/domain/facts.ts';
import type { Level } from '#lib/domain/level.ts';
import type { ProbeResult } from '#lib/domain/probe.ts';
import { type DurationMs, type EpochMs, SECOND } from '#lib/domain/time.ts';
import type { Chronicle } from './chronicle.ts';
import type { Effects, Targets } from './effects.ts';
import { type Around, Lookout } from './lookout.ts';
import { type Earlier, type PastWatch, watchPast } from './past.ts';
import { type Known, knownFrom } from './snapshot.ts';
import { type Change, createView, type Started, type View } from './view.ts';

/** A diagnosis that comes to a better explanation of the same cause is noted again, at most this often. */
const NOTED_AGAIN_MS: DurationMs = 10 * SECOND;

/** How long the machine must be awake before it is asked how it slept. */
const AWAKE_MS: DurationMs = 30 * SECOND;

type Parts = { readonly effects: Effects; readonly chronicle: Chronicle; readonly earlier: Earlier };
type Noted = Pick<Diagnosis, 'cause' | 'row'> & { readonly hasStory: boolean; readonly at: EpochMs };

/**
 * What is shown, and why. Takes what the probes see, looks around for the facts that explain it, and writes down every
 * change that they make certain.
 */
export class Verdict {
  readonly #effects: Effects;
  readonly #chronicle: Chronicle;
  readonly #view: View;
  readonly #past: PastWatch;
  readonly #lookout: Lookout;
  readonly #onTaken: () => void;
  #levelSince: EpochMs | null = null;
  #noted: Noted | null = null;
  #sleptFrom: EpochMs | null = null;
  #cancelAsking: () => void = () => {};

  /** Calls `onTaken` after everything taken: whether a change waits for its confirmation may be another. */
  constructor({ effects, chronicle, earlier }: Parts, onTaken: () => void) {
    this.#effects = effects;
    this.#chronicle = chronicle;
    this.#view = createView(effects);
    this.#past = watchPast(earlier, effects.clock.now());
    this.#lookout = new Lookout(effects, (facts, targets) => this.#take(() => this.#view.seeFacts(facts, targets)));
    this.#onTaken = onTaken;
  }

  seeName(round: Started, result: ProbeResult, final: boolean): void {
    if (final) this.#past.see(result);
    const past = this.#past.fact(this.#effects.clock.now());
    this.#take(() => this.#view.seeName(round, result, { final, past }));
    this.#lookAround(round.targets);
  }

  seeSide(round: Started, result: ProbeResult): void {
    this.#take(() => this.#view.seeSide(round, result));
  }

  seeGeneration(generation: Fact<Generation>): void {
    this.#view.seeGeneration(generation);
  }

  /** Takes back what a probe seemed to say while it was silent: its end is not to be believed. */
  disbelieve(round: Started): void {
    this.#view.disbelieve(round);
  }

  /** Looks at everything, also what takes seconds, and tells what is known then. */
  async lookDeep(result: ProbeResult, targets: Targets): Promise<Facts> {
    const around = this.#around(targets);
    if (around !== null) await this.#lookout.lookDeep(around);
    return this.#view.factsAt(result, targets);
  }

  /** Something was done just now: what was seen before it is worth a new look. */
  lookAgain(): void {
    this.#lookout.lookAgain();
  }

  /** Notes that a tailnet address asked for a page: the phone, as a rule. */
  askedBy(address: string): void {
    this.#lookout.askedBy(address);
  }

  blind(): readonly Blind[] {
    return this.#lookout.blind();
  }

  explain(result: ProbeResult, targets: Targets): Diagnosis {
    return this.#view.explain(result, targets);
  }

  /** Forgets what was seen: nothing was measured from `from` until now. */
  lose(reason: GapReason, from: EpochMs): void {
    this.#past.resume(this.#effects.clock.now(), reason === 'asleep' ? from : null);
    if (reason === 'asleep') this.#askHowItSlept(from);
    this.#levelSince = null;
    this.#noted = null;
    this.#lookout.forget();
    this.#view.lose(reason);
  }

  /** Asks for nothing any more. */
  stop(): void {
    this.#cancelAsking();
  }

  known(): Known {
    return knownFrom(this.#view, this.#levelSince);
  }

  level(): Level {
    return this.#view.level();
  }

  /** Whether a change waits for its confirmation, so that the next probe should not. */
  wavers(): boolean {
    return this.#view.wavers();
  }

  isTroubled(): boolean {
    return this.wavers() || this.level() !== 'ready';
  }

  /** Start of the oldest probe that may still change the past; null when none may. */
  openSince(): EpochMs | null {
    return this.#view.openSince();
  }

  /** Once it has been awake for a while: in a dark wake the sleep is not over, and the log takes seconds to read. */
  #askHowItSlept(from: EpochMs): void {
    this.#sleptFrom = Math.min(from, this.#sleptFrom ?? from);
    this.#cancelAsking();
    this.#cancelAsking = this.#effects.after(AWAKE_MS, () => {
      const since = this.#sleptFrom ?? from;
      this.#sleptFrom = null;
      void this.#effects.sleptSince(since).then((slept) => {
        if (slept) this.#past.slept(slept);
      });
    });
  }

  #lookAround(targets: Targets): void {
    const around = this.#around(targets);
    if (around !== null) this.#lookout.lookAround(around);
  }

  #around(targets: Targets): Around | null {
    const place = this.#view.place(targets);
    if (place === null) return null;
    return { targets, ...place, isTroubled: this.isTroubled(), isDoubtful: this.#view.isDoubtful() };
  }

  #take(see: () => Change | null): void {
    const before = this.#view.level();
    const change = see();
    if (change !== null) {
      const at = this.#chronicle.change(change.cause, change.since);
      if (this.#view.level() !== before) this.#levelSince = at;
      this.#effects.log.info({ ...change, level: this.#view.level() }, `now ${this.#view.level()}: ${change.cause}`);
    }
    this.#note();
    this.#onTaken();
  }

  /** Writes down why it is so, when that is another cause than before or a better explanation of the same. */
  #note(): void {
    const { level, diagnosis } = this.known();
    if (level !== 'degraded' && level !== 'down') {
      this.#noted = null;
      return;
    }
    const { cause, row, confidence, story, evidence, by } = diagnosis;
    const at = this.#effects.clock.now();
    if (!isNews(this.#noted, { cause, row, hasStory: story !== null, at })) return;
    this.#noted = { cause, row, hasStory: story !== null, at };
    const sentences = evidence.filter(({ fact }) => by.includes(fact)).map(({ text }) => text);
    this.#chronicle.note({ at, kind: 'diagnosis', cause, row, confidence, story, evidence: sentences });
  }
}

function isNews(noted: Noted | null, now: Noted): boolean {
  if (noted === null || noted.cause !== now.cause) return true;
  const isBetter = noted.row !== now.row || (now.hasStory && !noted.hasStory);
  return isBetter && now.at - noted.at >= NOTED_AGAIN_MS;
}
