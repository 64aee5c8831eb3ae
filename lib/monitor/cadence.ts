import type { SideFacts } from '#lib/domain/facts.ts';
import { type DurationMs, MINUTE, SECOND } from '#lib/domain/time.ts';
import type { Why } from '#lib/domain/told.ts';
import type { SourceName } from './sources.ts';

type Cadence = {
  /** How often it is looked at while all is well, and while it is not; null: not at all. */
  readonly calmMs: DurationMs | null;
  readonly troubledMs: DurationMs | null;
  /** Told of the machine on which Lifeline runs, so it says nothing of a server that lives elsewhere. */
  readonly isLocal: boolean;
  /** It asks over the network, without a subprocess. */
  readonly isCheap?: true;
  /** Looked at only when these have been, because it is found by them. */
  readonly after?: readonly SourceName[];
};

const calmly = { calmMs: 30 * SECOND, troubledMs: 5 * SECOND, isLocal: true } as const;
const whenTroubled = { calmMs: null, troubledMs: 5 * SECOND, isLocal: true } as const;
const onDemand = { calmMs: null, troubledMs: null, isLocal: true } as const;

/** Source: design §4. A subprocess costs 10–60 ms, so none runs in a healthy round but every thirty seconds. */
export const CADENCE: Readonly<Record<SourceName, Cadence>> = {
  listeners: calmly,
  tailscale: { ...calmly, troubledMs: 10 * SECOND, isLocal: false },
  anki: { ...calmly, isCheap: true },
  bridge: { ...calmly, isCheap: true },
  current: { ...calmly, isLocal: false, isCheap: true },
  service: whenTroubled,
  processes: { ...whenTroubled, after: ['listeners', 'service'] },
  log: { ...whenTroubled, after: ['service'] },
  load: whenTroubled,
  boot: { ...whenTroubled, troubledMs: MINUTE },
  forwards: { ...whenTroubled, troubledMs: 30 * SECOND },
  magicDns: { ...whenTroubled, troubledMs: 30 * SECOND, isLocal: false },
  firewall: { ...onDemand, after: ['listeners', 'processes'] },
  phone: { ...onDemand, isLocal: false },
};

/** A program seldom comes in a moment: it is asked for again after this long. */
const ABSENT_MS = 5 * MINUTE;
export const isAbsent = (why: Why): boolean => why === 'not-installed';
/** When to look again at what could not be seen. */
export const againMs = (why: Why, usualMs: DurationMs): DurationMs => (isAbsent(why) ? ABSENT_MS : usualMs);

/** Trouble that has lasted this long without a change is looked at more seldom, where a look costs a subprocess. */
const SETTLED_MS = 2 * MINUTE;
const SETTLED_EVERY_MS = 30 * SECOND;

/** How often to look at something in trouble that has lasted for `forMs` as it is. Null: not at all. */
export function troubledEvery(name: SourceName, forMs: DurationMs): DurationMs | null {
  const { troubledMs, isCheap } = CADENCE[name];
  return troubledMs === null || isCheap === true || forMs < SETTLED_MS
    ? troubledMs
    : Math.max(troubledMs, SETTLED_EVERY_MS);
}

/** How old a fact may be and still count. Network reference §6 asks for less; a fact tells its age on the screen. */
const FRESH_MS = MINUTE;
const LONG_FRESH_MS = 10 * MINUTE;
/** These last longer than a situation: what was seen before it began still holds. */
const LASTING: ReadonlySet<keyof SideFacts> = new Set(['boot', 'forwards', 'firewall', 'phone', 'generation', 'past']);

type Moment = { readonly since: number; readonly at: number };

/** The facts that belong to a situation that began at `since`, as of `at`: seen in it, and not too old. */
export function currentOf(side: SideFacts, { since, at }: Moment): SideFacts {
  const entries = Object.entries(side).filter(([name, fact]) => {
    const lasting = LASTING.has(name as keyof SideFacts);
    return lasting ? name === 'boot' || at - fact.at <= LONG_FRESH_MS : fact.at >= since && at - fact.at <= FRESH_MS;
  });
  return Object.fromEntries(entries);
}
