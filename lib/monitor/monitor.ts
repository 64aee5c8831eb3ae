import type { GapReason } from '#lib/domain/cause.ts';
import { CONFIRM_SPACING_MS } from '#lib/domain/confirmation.ts';
import type { Measurement } from '#lib/domain/measurement.ts';
import type { Note } from '#lib/domain/note.ts';
import type { Pause } from '#lib/domain/pause.ts';
import { type ProbeResult, type Target, TRUTH_MS } from '#lib/domain/probe.ts';
import { type DurationMs, type EpochMs, SECOND } from '#lib/domain/time.ts';
import type { Chronicle } from './chronicle.ts';
import { createDeepLook, type DeepLook, type DeepLooker, type FromPhone } from './deep-look.ts';
import type { Effects, Targets } from './effects.ts';
import { createGenerationWatch, type GenerationWatch } from './generation-watch.ts';
import { type Heartbeat, startHeartbeat } from './heartbeat.ts';
import type { Earlier } from './past.ts';
import { createSideProbes, type SideProbes } from './side-probes.ts';
import { type LiveProbe, NOTHING_KNOWN, type Snapshot } from './snapshot.ts';
import { Verdict } from './verdict.ts';
import type { Started } from './view.ts';

/** Enough for a silent server probed every second until the truth deadline. */
const MOST_IN_FLIGHT = TRUTH_MS / SECOND + 1;
/** A probe on demand starts at most this often. */
const ON_DEMAND_MS = SECOND;

type Parts = { readonly effects: Effects; readonly chronicle: Chronicle; readonly earlier: Earlier };
type Begun = Omit<Started, 'targets'> & { readonly epoch: number; readonly first: boolean };
type Round = Begun & { readonly targets: Targets };

/**
 * The endless loop. A round starts every interval, every second while a change waits for its confirmation, and is never
 * caught up. Rounds overlap, so a server that hangs delays nobody; what was in flight across a gap is dropped.
 */
export class Monitor {
  readonly #effects: Effects;
  readonly #chronicle: Chronicle;
  readonly #intervalMs: DurationMs;
  readonly #verdict: Verdict;
  readonly #deepLook: DeepLooker;
  readonly #generation: GenerationWatch;
  readonly #probeSides: SideProbes;
  readonly #inFlight = new Set<Begun>();
  #heartbeat: Heartbeat | null = null;
  #cancelNext: () => void = () => {};
  #rounds = 0;
  #epoch = 0;
  #newest: (Begun & { readonly probe: Promise<LiveProbe> }) | null = null;
  #last: ProbeResult | null = null;
  #checkedAt: EpochMs | null = null;
  #lastEndMono: DurationMs;
  #target: Target | null = null;

  constructor(parts: Parts, { intervalMs }: { readonly intervalMs: DurationMs }) {
    this.#effects = parts.effects;
    this.#chronicle = parts.chronicle;
    this.#intervalMs = intervalMs;
    this.#verdict = new Verdict(parts, () => this.#scheduleNext());
    this.#deepLook = createDeepLook({
      clock: parts.effects.clock,
      verdict: this.#verdict,
      probe: async () => ({ ...(await this.probeNow()), targets: await this.#effects.targets() }),
    });
    this.#generation = createGenerationWatch(parts.effects);
    this.#probeSides = createSideProbes(parts.effects, this.#verdict);
    this.#lastEndMono = parts.effects.clock.mono();
  }

  start(): void {
    void this.#chronicle.gap('stopped');
    this.#heartbeat = startHeartbeat(this.#effects, (pause) => this.#onPause(pause));
    this.#startRound();
  }

  /** Ends measuring and writes down that it ended. */
  async stop(): Promise<void> {
    this.#cancelNext();
    this.#heartbeat?.stop();
    this.#verdict.stop();
    this.#heartbeat = null;
    this.#epoch += 1;
    await this.#chronicle.gap('stopped');
  }

  /** A probe now. Callers share the one in flight or just ended; at most one starts a second. */
  probeNow(): Promise<LiveProbe> {
    const newest = this.#newest;
    if (newest !== null && this.#effects.clock.mono() - newest.monoAt < ON_DEMAND_MS) return newest.probe;
    return this.#startRound();
  }

  /** Looks at everything now, also what takes seconds. Callers share a look; at most one starts every five seconds. */
  lookDeep({ askedFrom, ...told }: FromPhone & { readonly askedFrom: string | null }): Promise<DeepLook> {
    if (askedFrom !== null) this.askedBy(askedFrom);
    return this.#deepLook(told);
  }

  /** Notes that a tailnet address asked for a page: the phone, as a rule. */
  askedBy(address: string): void {
    this.#verdict.askedBy(address);
  }

  /** Keeps something that an incident should remember, and looks anew at what it may have changed. */
  note(note: Note): void {
    this.#chronicle.note(note);
    this.#verdict.lookAgain();
  }

  /** Looks at the clocks first, so that nobody is told of before a sleep as if it were now. */
  snapshot(): Snapshot {
    const { clock } = this.#effects;
    this.#heartbeat?.check();
    const stalled = this.#isOverdue(clock.mono());
    const last = this.#last;
    return {
      ...(stalled ? NOTHING_KNOWN : this.#verdict.known()),
      checkedAt: this.#checkedAt,
      lastMs: last?.outcome === 'answered' ? last.totalMs : null,
      target: this.#target,
      rounds: this.#rounds,
      lastRoundAt: this.#newest?.at ?? null,
      stalled,
      measuredUntil: stalled ? this.#chronicle.toldUntil() : Math.max(clock.now(), this.#chronicle.toldUntil()),
      storageProblem: this.#chronicle.problem(),
      historyResumesAt: this.#chronicle.resumesAt(),
    };
  }

  #startRound(): Promise<LiveProbe> {
    const { clock } = this.#effects;
    const begun = { at: clock.now(), monoAt: clock.mono(), epoch: this.#epoch, first: this.#rounds === 0 };
    this.#rounds += 1;
    this.#inFlight.add(begun);
    const probe = this.#run(begun);
    probe.catch((error: unknown) => {
      this.#inFlight.delete(begun);
      this.#fault(error);
    });
    this.#newest = { ...begun, probe };
    this.#scheduleNext();
    return probe;
  }

  async #run(begun: Begun): Promise<LiveProbe> {
    const targets = await this.#effects.targets();
    this.#target = targets.name;
    const round = { ...begun, targets };
    // The name goes first: a side belongs to a situation only if it was not probed before it.
    const named = this.#probeName(round);
    const sides = this.#probeSides(round, () => this.#isCurrent(round));
    const name = await named;
    const live = { result: name.result, diagnosis: this.#verdict.explain(name.result, targets) };
    this.#finish(begun, { name, sides }).catch((error: unknown) => this.#fault(error));
    return live;
  }

  async #probeName(round: Round): Promise<Measurement> {
    const { result, late } = await this.#effects.probe(round.targets.name, (soFar) => {
      if (!this.#isCurrent(round)) return;
      this.#checkedAt = this.#effects.clock.now();
      this.#verdict.seeName(round, soFar, false);
    });
    const generation = late || !this.#isCurrent(round) ? null : await this.#generation.ask(result);
    if (!this.#isCurrent(round)) return { result, cause: 'no-data', late: true };
    if (late) {
      this.#verdict.disbelieve(round);
    } else {
      this.#noteBelieved(result);
      if (generation !== null) this.#verdict.seeGeneration(generation);
      this.#verdict.seeName(round, result, true);
    }
    // The first probe of a process is several times slower than the rest: it tells the level, not the latency.
    return { result, cause: this.#verdict.explain(result, round.targets).cause, late: late || round.first };
  }

  async #finish(
    begun: Begun,
    { name, sides }: { name: Measurement; sides: Promise<readonly Measurement[]> },
  ): Promise<void> {
    const measurements = [name, ...(await sides)];
    this.#inFlight.delete(begun);
    if (!this.#isCurrent(begun)) return;
    await this.#chronicle.round(measurements);
    const open = [...this.#inFlight].map(({ at }) => at);
    await this.#chronicle.tidy(Math.min(...open, this.#verdict.openSince() ?? begun.at));
  }

  /** When our own loop was too busy to believe anything for long, that stretch is a gap, not a level. */
  #noteBelieved(result: ProbeResult): void {
    const { now, mono } = this.#effects.clock;
    if (this.#isOverdue(mono())) this.#lose('frozen');
    this.#lastEndMono = mono();
    this.#checkedAt = now();
    if (this.#last === null || result.startedAt >= this.#last.startedAt) this.#last = result;
  }

  #fault(error: unknown): void {
    this.#effects.log.error({ err: error }, 'a round failed by a fault of our own');
  }

  #isOverdue(monoNow: DurationMs): boolean {
    return monoNow - this.#lastEndMono > 3 * this.#intervalMs + TRUTH_MS;
  }

  #lose(reason: GapReason): void {
    this.#effects.log.warn({ reason }, 'nothing was measured for a while');
    const from = this.#chronicle.toldUntil();
    void this.#chronicle.gap(reason);
    this.#generation.forget();
    this.#verdict.lose(reason, from);
  }

  #onPause(pause: Pause): void {
    this.#epoch += 1;
    this.#inFlight.clear();
    this.#lastEndMono = this.#effects.clock.mono();
    if (pause.kind === 'gap') {
      this.#lose(pause.reason);
    } else {
      this.#effects.log.warn({ byMs: Math.round(pause.byMs) }, 'the clock was set back');
      this.#chronicle.clockSetBack();
    }
    void this.#startRound();
  }

  #scheduleNext(): void {
    this.#cancelNext();
    if (this.#heartbeat === null) return;
    const spacing = this.#verdict.wavers() ? Math.min(CONFIRM_SPACING_MS, this.#intervalMs) : this.#intervalMs;
    const last = this.#newest?.monoAt ?? this.#effects.clock.mono() - spacing;
    this.#cancelNext = this.#effects.after(Math.max(0, last + spacing - this.#effects.clock.mono()), () =>
      this.#tick(),
    );
  }

  #tick(): void {
    const epoch = this.#epoch;
    this.#heartbeat?.check();
    // A pause found just now has started a round of its own.
    if (this.#heartbeat === null || epoch !== this.#epoch) return;
    if (this.#inFlight.size < MOST_IN_FLIGHT) this.#startRound();
    else this.#cancelNext = this.#effects.after(CONFIRM_SPACING_MS, () => this.#tick());
  }

  /** Looks at the clocks first: what came in across a gap is dropped, also when its timer fires before the heartbeat's. */
  #isCurrent({ epoch }: { readonly epoch: number }): boolean {
    if (epoch === this.#epoch) this.#heartbeat?.check();
    return epoch === this.#epoch && this.#heartbeat !== null;
  }
}
