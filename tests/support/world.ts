import type { Generation, Past, SideFacts } from '#lib/domain/facts.ts';
import type { RoundRecord } from '#lib/domain/measurement.ts';
import type { Note } from '#lib/domain/note.ts';
import { PATIENCE_MS, type ProbeResult, type Target, TRUTH_MS } from '#lib/domain/probe.ts';
import type { Span } from '#lib/domain/timeline.ts';
import type { Why } from '#lib/domain/told.ts';
import { CADENCE } from '#lib/monitor/cadence.ts';
import { createChronicle } from '#lib/monitor/chronicle.ts';
import type { Effects } from '#lib/monitor/effects.ts';
import { Monitor } from '#lib/monitor/monitor.ts';
import { NOTHING_EARLIER } from '#lib/monitor/past.ts';
import { createRecorder, type Disk } from '#lib/monitor/recorder.ts';
import type { SourceName, Sources } from '#lib/monitor/sources.ts';
import { answered, failed } from '#tests/support/facts.ts';

/** What a server does with a probe: answers after so long, or never. */
export type Behaviour = { readonly afterMs: number; readonly result: ProbeResult } | 'silent';

export const ready: Behaviour = { afterMs: 4, result: answered() };
export const refusing: Behaviour = { afterMs: 1, result: failed('refused') };
export const slow: Behaviour = { afterMs: 1_300, result: answered({}, { totalMs: 1_300 }) };

type Timer = { readonly at: number; readonly then: () => void };

/** A world in which time passes only when told: the monitor is given its clock, its timers and its network. */
export class World {
  wall = Date.UTC(2026, 10, 23, 14, 0, 0);
  mono = 1_000;
  uptime = 50_000;
  cpu = 0;
  late = false;
  heldUpAtPatience = false;
  server: Behaviour = ready;
  loopback: Behaviour | null = null;
  generation: Generation | null = null;
  /** What the other sources tell; those that are absent cannot be looked at. */
  seen: { readonly [Name in SourceName]?: NonNullable<SideFacts[Name]>['value'] } = {};
  /** How long each look takes. */
  lookMs = 20;
  /** Why those that are absent cannot be looked at. */
  blindBecause: Why = 'silent';
  /** What the machine's own log tells of its last sleep. */
  slept: Past['lastSleep'] | null = null;
  /** Whether the name leads to this machine. */
  here = true;
  /** Every look there was: when, by the monotonic clock, and at what. */
  readonly looks: { readonly at: number; readonly name: SourceName }[] = [];
  diskProblem: Error | null = null;
  readonly started: number[] = [];
  readonly kept: RoundRecord[] = [];
  /** What was rolled up when so many spans were known. */
  readonly rolledUp: { readonly settledUntil: number; readonly spans: number }[] = [];
  readonly #timers = new Set<Timer>();
  readonly monitor: Monitor;

  constructor(beginning: { span: Span | null; measuredUntil: number | null } = { span: null, measuredUntil: null }) {
    const recorder = createRecorder(this.#disk(), this.#log);
    const chronicle = createChronicle(beginning, { recorder, clock: this.#effects().clock });
    const parts = { effects: this.#effects(), chronicle, earlier: NOTHING_EARLIER };
    this.monitor = new Monitor(parts, { intervalMs: 5_000 });
  }

  get notes(): Note[] {
    return this.kept.flatMap(({ notes }) => notes ?? []);
  }

  get spans(): Span[] {
    return this.kept.flatMap(({ spans }) => spans);
  }

  /** Lets time pass, firing every timer on its way, each with the promises it sets off. */
  async pass(ms: number): Promise<void> {
    const until = this.mono + ms;
    await settle();
    for (let next = this.#next(until); next !== undefined; next = this.#next(until)) {
      this.#advance(Math.max(0, next.at - this.mono));
      this.#timers.delete(next);
      next.then();
      await settle();
    }
    this.#advance(until - this.mono);
  }

  /** Time in which no timer could fire: what slept or stood still is told by which clocks went on. */
  skip(ms: { wall: number; mono: number; uptime: number; cpu?: number }): void {
    this.wall += ms.wall;
    this.mono += ms.mono;
    this.uptime += ms.uptime;
    this.cpu += ms.cpu ?? 0;
  }

  #advance(ms: number): void {
    this.skip({ wall: ms, mono: ms, uptime: ms });
  }

  #next(until: number): Timer | undefined {
    return [...this.#timers].filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0];
  }

  #after(ms: number, then: () => void): () => void {
    const timer = { at: this.mono + ms, then };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }

  #probe(target: Target, onSilence: Parameters<Effects['probe']>[1]): ReturnType<Effects['probe']> {
    const behaviour = target.kind === 'name' ? this.server : (this.loopback ?? this.server);
    if (target.kind === 'name') this.started.push(this.mono);
    const own = { target, startedAt: this.wall };
    const silent = (totalMs: number) => ({ ...failed('timeout', 'firstByte', { totalMs }), ...own });
    const end = behaviour === 'silent' ? { afterMs: TRUTH_MS, result: silent(TRUTH_MS) } : behaviour;
    const quiet = this.#after(PATIENCE_MS, () => {
      if (!this.heldUpAtPatience) onSilence(silent(PATIENCE_MS));
    });
    return new Promise((resolve) => {
      this.#after(end.afterMs, () => {
        quiet();
        resolve({ result: { ...end.result, ...own }, late: this.late });
      });
    });
  }

  #sources(): Sources {
    const look = (name: SourceName) => async () => {
      this.looks.push({ at: this.mono, name });
      await new Promise<void>((passed) => this.#after(this.lookMs, passed));
      const value = this.seen[name];
      return value === undefined ? { why: this.blindBecause, detail: 'nothing told' } : { told: value };
    };
    return sourcesOf(Object.keys(CADENCE).map((name) => [name, look(name as SourceName)]));
  }

  #effects(): Effects {
    const side: Target = { kind: 'loopback', url: 'http://127.0.0.1:8000/health', address: '127.0.0.1' };
    return {
      clock: { now: () => this.wall, mono: () => this.mono },
      gauge: () => ({ uptimeMs: this.uptime, cpuMs: this.cpu }),
      platform: 'linux',
      probe: (target, onSilence) => this.#probe(target, onSilence),
      targets: async () => ({
        name: { kind: 'name', url: 'http://macbook.tail1234.ts.net:8000/health' },
        sides: this.loopback === null ? [] : [side],
        ownName: this.here,
        around: { port: 8_000, host: 'macbook.tail1234.ts.net' },
      }),
      sources: this.#sources(),
      sleptSince: async () => this.slept,
      isOwnAddress: () => this.here,
      generation: async () => this.generation,
      after: (ms, then) => this.#after(ms, then),
      log: this.#log,
    };
  }

  readonly faults: string[] = [];
  readonly forgot: number[] = [];
  readonly #log = {
    info: () => undefined,
    warn: () => undefined,
    error: (_: object, message: string) => {
      if (message.includes('fault of our own')) this.faults.push(message);
    },
  };

  /** As the real store does: a probe at the name never comes before what is rolled up. */
  #refuseThePast({ measurements }: RoundRecord): void {
    const settled = this.rolledUp.at(-1)?.settledUntil ?? 0;
    const past = measurements.find(({ result }) => result.target.kind === 'name' && result.startedAt < settled);
    if (past !== undefined) throw new Error('a probe came before what is rolled up');
  }

  #disk(): Disk {
    const check = (): void => {
      if (this.diskProblem !== null) throw this.diskProblem;
    };
    return {
      record: async (round) => {
        check();
        this.#refuseThePast(round);
        this.kept.push(round);
      },
      rollUp: async (settledUntil) => {
        check();
        this.rolledUp.push({ settledUntil, spans: this.spans.length });
      },
      forget: async (now) => {
        this.forgot.push(now);
      },
    };
  }
}

/** Each source tells what is seen under its own name. */
const sourcesOf = (entries: readonly (readonly [string, () => Promise<object>])[]): Sources =>
  Object.fromEntries(entries) as unknown as Sources;

/** A world whose monitor has found the server ready and has just ended a round. */
export async function watching(): Promise<World> {
  const world = new World();
  world.monitor.start();
  await world.pass(5_100);
  return world;
}

/** What its monitor shows: level and cause. */
export function shown({ monitor }: World): readonly [string, string] {
  const { level, diagnosis } = monitor.snapshot();
  return [level, diagnosis.cause];
}

/** Lets every promise that can settle do so. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
}
