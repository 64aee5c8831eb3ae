import type { Blind, Fact, SideFacts } from '#lib/domain/facts.ts';
import { type DurationMs, type EpochMs, SECOND } from '#lib/domain/time.ts';
import { againMs, CADENCE, isAbsent, troubledEvery } from './cadence.ts';
import type { Effects, Targets } from './effects.ts';
import { createRestartCount } from './restart-count.ts';
import type { About, Asker, SourceName, ValueOf } from './sources.ts';

/** The situation to look around in. */
export type Around = {
  readonly targets: Targets;
  /** False when the server lives on another machine, of which this one's sockets and processes say nothing. */
  readonly here: boolean | undefined;
  /** When the name began to behave as it does: another moment means that everything is worth a new look. */
  readonly since: EpochMs;
  readonly isTroubled: boolean;
  /** The facts contradict each other: what was seen a second ago is read again. */
  readonly isDoubtful: boolean;
};

type Look = { readonly ended: Promise<void>; readonly since: EpochMs | null; readonly epoch: number };

const NAMES = Object.keys(CADENCE).filter((name): name is SourceName => name in CADENCE);
const DOUBTFUL_MS = SECOND - 100;

/** Looks at the slower facts when they are due, each on its own, so that none waits for another. */
export class Lookout {
  readonly #effects: Pick<Effects, 'clock' | 'sources' | 'log'>;
  readonly #onFacts: (facts: SideFacts, targets: Targets) => void;
  readonly #dueAt = new Map<SourceName, DurationMs>();
  readonly #looking = new Map<SourceName, Look>();
  readonly #blind = new Map<SourceName, Blind>();
  readonly #restarts = createRestartCount();
  #known: SideFacts = {};
  #asker: Asker | null = null;
  #since: EpochMs | null = null;
  #wasTroubled = false;
  /** When what is shown last became another. */
  #changedMono: DurationMs = 0;
  #epoch = 0;

  /** What it sees is told to `onFacts` at once, each fact with the moment at which the look began. */
  constructor(
    effects: Pick<Effects, 'clock' | 'sources' | 'log'>,
    onFacts: (facts: SideFacts, targets: Targets) => void,
  ) {
    this.#effects = effects;
    this.#onFacts = onFacts;
  }

  lookAround(around: Around): void {
    this.#begin(around);
    for (const name of relevantTo(around)) {
      if (this.#isDue(name, around)) void this.#start(name, { targets: around.targets, isDeep: false });
    }
  }

  /** Looks at everything now, also what takes seconds; resolves when all have told. */
  async lookDeep(around: Around): Promise<void> {
    this.#begin(around);
    // What is on its way began before it was asked for; what begins now is of now.
    await Promise.all([...this.#looking.values()].map(({ ended }) => ended));
    await Promise.all(relevantTo(around).map((name) => this.#start(name, { targets: around.targets, isDeep: true })));
  }

  /** Everything is worth a new look: something was done just now. */
  lookAgain(): void {
    this.#since = null;
  }

  /** Whoever asked for a page last, at a tailnet address, is taken for the phone. */
  askedBy(address: string): void {
    this.#asker = { address, at: this.#effects.clock.now() };
  }

  /** What could not be looked at when it was last tried. */
  blind(): readonly Blind[] {
    return [...this.#blind.values()];
  }

  /** Forgets what was seen, and drops what is on its way: a gap lies between it and now. */
  forget(): void {
    this.#epoch += 1;
    this.#known = {};
    this.#since = null;
    this.#wasTroubled = false;
    this.#dueAt.clear();
    this.#blind.clear();
    this.#restarts.forget();
  }

  #begin({ since, isTroubled }: Around): void {
    // A server that goes on answering may say of a sudden that something fails: then too all is worth a new look.
    const isNew = since !== this.#since || (isTroubled && !this.#wasTroubled);
    this.#since = since;
    this.#wasTroubled = isTroubled;
    if (!isNew) return;
    this.#changedMono = this.#effects.clock.mono();
    for (const name of NAMES) {
      const blind = this.#blind.get(name);
      if (blind === undefined || !isAbsent(blind.why)) this.#dueAt.delete(name);
    }
  }

  #isDue(name: SourceName, { isTroubled, isDoubtful }: Around): boolean {
    const now = this.#effects.clock.mono();
    const every = isTroubled ? troubledEvery(name, now - this.#changedMono) : CADENCE[name].calmMs;
    if (every === null || now < (this.#dueAt.get(name) ?? now)) return false;
    this.#dueAt.set(name, now + (isDoubtful ? DOUBTFUL_MS : every));
    return true;
  }

  /**
   * Shares a look that is under way, unless it began in another situation: what that one sees is of then. Never rejects: a
   * fault of ours is logged, and the fact stays unknown.
   */
  #start(name: SourceName, about: Pick<About, 'targets' | 'isDeep'>): Promise<void> {
    const before = this.#looking.get(name);
    if (before !== undefined && before.since === this.#since && before.epoch === this.#epoch) return before.ended;
    const first = (CADENCE[name].after ?? []).map((other) => this.#looking.get(other)?.ended);
    const ended = Promise.all(first)
      .then(() => this.#lookAt(name, about))
      .catch((error: unknown) => this.#effects.log.error({ err: error, name }, 'a look failed by a fault of our own'))
      .finally(() => {
        if (this.#looking.get(name)?.ended === ended) this.#looking.delete(name);
      });
    this.#looking.set(name, { ended, since: this.#since, epoch: this.#epoch });
    return ended;
  }

  async #lookAt<Name extends SourceName>(name: Name, asked: Pick<About, 'targets' | 'isDeep'>): Promise<void> {
    const { clock, sources } = this.#effects;
    const [at, epoch] = [clock.now(), this.#epoch];
    const answer = await sources[name]({ ...asked, known: this.#known, asker: this.#asker });
    if (epoch !== this.#epoch) return;
    if ('told' in answer) return this.#tell(name, { value: answer.told, at }, asked.targets);
    this.#blind.set(name, { what: name, why: answer.why, detail: answer.detail, at });
    const usual = this.#dueAt.get(name) ?? clock.mono();
    this.#dueAt.set(name, Math.max(usual, clock.mono() + againMs(answer.why, 0)));
  }

  #tell<Name extends SourceName>(name: Name, fact: Fact<ValueOf<Name>>, targets: Targets): void {
    this.#blind.delete(name);
    const seen = factOf(name, fact);
    const restarts = seen.service === undefined ? null : this.#restarts.count(seen.service);
    const facts = restarts === null ? seen : { ...seen, restarts };
    this.#known = { ...this.#known, ...facts };
    this.#onFacts(facts, targets);
  }
}

const relevantTo = ({ here }: Around): readonly SourceName[] =>
  NAMES.filter((name) => here !== false || !CADENCE[name].isLocal);

/** One fact under its name: the type of the value is that of the name's source. */
const factOf = <Name extends SourceName>(name: Name, fact: Fact<ValueOf<Name>>): SideFacts =>
  ({ [name]: fact }) as SideFacts;
