import type { Cause } from './cause.ts';
import { type Level, levelOf } from './level.ts';
import { type DurationMs, type EpochMs, SECOND } from './time.ts';

/** How long a change must be seen, by at least two probes, before it is shown. */
export const CONFIRM_MS = 2 * SECOND;
/** Timers may ring a little early: a confirmation does not wait another second for that. */
const SLACK_MS = 50;
/** A server that fails three times in five probes is not ready either, though no two failures stand together. */
const RECENT = 5;
const TOO_MANY = 3;
/** More than can be in flight, so that a silent probe is still known when it ends. */
const REMEMBERED = 8;
/** How far apart probes are while a change waits for its confirmation. */
export const CONFIRM_SPACING_MS = SECOND;

/** What one probe says, as far as it has come. */
export type Observation = {
  /** When the probe started, by the wall clock and by the monotonic one. */
  readonly at: EpochMs;
  readonly monoAt: DurationMs;
  readonly cause: Cause;
  /** False while the probe is only known to be silent beyond the phone's patience. */
  readonly final: boolean;
};

/**
 * What is shown, what has been seen since without interruption that says otherwise, and the last few that were seen at all;
 * both oldest first, by start.
 */
export type Tracker = {
  readonly shown: Cause;
  readonly run: readonly Observation[];
  readonly recent: readonly Observation[];
};

/** A change that is now certain: what to show, and since when it was so (the start of the first probe that saw it). */
export type Change = { readonly cause: Cause; readonly since: EpochMs };

export const startTracking = (shown: Cause): Tracker => ({ shown, run: [], recent: [] });

/**
 * Takes what a probe says (again, when it has got further) and tells whether a change is certain. The first ready after
 * no data is believed at once; every other change takes `confirmMs` and two probes that agree.
 */
export function observe(
  { shown, run, recent: before }: Tracker,
  newest: Observation,
  { monoNow, confirmMs }: { readonly monoNow: DurationMs; readonly confirmMs: DurationMs },
): { readonly tracker: Tracker; readonly change: Change | null } {
  const seen = toldApart(newest, { shown, before, monoNow });
  const newer = tail(withSeen(run, seen), ({ cause }) => cause !== shown);
  const recent = withSeen(before, seen).slice(-REMEMBERED);
  const failing = failuresAmong(recent, shown);
  const agreeing = failing.length >= TOO_MANY ? failing : agreeingRun(newer, shown);
  const first = agreeing[0];
  if (first === undefined || !isCertain(agreeing, { shown, elapsedMs: monoNow - first.monoAt, confirmMs })) {
    return { tracker: { shown, run: newer, recent }, change: null };
  }
  const cause = (agreeing.findLast(({ final }) => final) ?? first).cause;
  // A silent probe's provisional cause may turn out to be what is shown already.
  if (cause === shown) return { tracker: { shown, run: newer, recent }, change: null };
  return { tracker: startTracking(cause), change: { cause, since: first.at } };
}

/**
 * A probe whose silence was already told as what is shown cannot change that time when it ends at last: what it says then
 * is of the moment it says it. So a server that comes back after hanging did hang.
 */
function toldApart(
  seen: Observation,
  { shown, before, monoNow }: { shown: Cause; before: readonly Observation[]; monoNow: DurationMs },
): Observation {
  const silent = before.some(({ monoAt, cause, final }) => monoAt === seen.monoAt && cause === shown && !final);
  return silent && seen.cause !== shown ? { ...seen, at: seen.at + monoNow - seen.monoAt, monoAt: monoNow } : seen;
}

const notReady = ({ cause }: Observation): boolean => levelOf(cause) !== 'ready';

const withSeen = (all: readonly Observation[], seen: Observation): readonly Observation[] =>
  [...all.filter(({ monoAt }) => monoAt !== seen.monoAt), seen].sort((a, b) => a.monoAt - b.monoAt);

const failuresAmong = (recent: readonly Observation[], shown: Cause): readonly Observation[] =>
  shown === 'healthy' ? recent.slice(-RECENT).filter(notReady) : [];

/** Start of the oldest probe that a change may still be dated from; null when there is none. */
export const unsettledSince = ({ shown, run, recent }: Tracker): EpochMs | null =>
  failuresAmong(recent, shown)[0]?.at ?? run[0]?.at ?? null;

/** Takes back what a probe seemed to say. */
export const disbelieve = ({ shown, run, recent }: Tracker, monoAt: DurationMs): Tracker => ({
  shown,
  run: run.filter((each) => each.monoAt !== monoAt),
  recent: recent.filter((each) => each.monoAt !== monoAt),
});

type Certainty = { readonly shown: Cause; readonly elapsedMs: DurationMs; readonly confirmMs: DurationMs };

function isCertain(agreeing: readonly Observation[], { shown, elapsedMs, confirmMs }: Certainty): boolean {
  if (shown === 'no-data' && agreeing.at(-1)?.cause === 'healthy') return true;
  return agreeing.length >= 2 && elapsedMs >= confirmMs - SLACK_MS;
}

/**
 * The newest observations that together speak for a change: away from ready, all that are not ready, whatever their
 * cause; towards another level, all of that level; from one cause to another within a level, those of one cause. A silent
 * probe agrees with any failure.
 */
function agreeingRun(newer: readonly Observation[], shown: Cause): readonly Observation[] {
  const newest = newer.at(-1);
  if (newest === undefined) return [];
  if (newest.cause === 'healthy') return tail(newer, ({ cause }) => cause === 'healthy');
  const decided = newer.findLast(({ final }) => final) ?? newest;
  // What does not touch the phone is no trouble: another cause within the level of healthy.
  if (notReady(decided) && (shown === 'healthy' || shown === 'no-data')) return tail(newer, notReady);
  const level = levelOf(decided.cause);
  if (level !== levelOf(shown)) {
    return tail(newer, (each) => levelOf(each.cause) === level || (!each.final && notReady(each)));
  }
  return tail(
    newer,
    (observation) => observation.cause === decided.cause || (!observation.final && notReady(observation)),
  );
}

function tail(all: readonly Observation[], keep: (observation: Observation) => boolean): readonly Observation[] {
  const last = all.findLastIndex((observation) => !keep(observation));
  return all.slice(last + 1);
}

/** A change that is seen but not certain. */
export function pendingOf({ shown, run }: Tracker): { readonly level: Level; readonly since: EpochMs } | null {
  const [first, newest] = [run[0], run.at(-1)];
  if (first === undefined || newest === undefined || shown === 'no-data') return null;
  const level = levelOf((run.findLast(({ final }) => final) ?? newest).cause);
  return level === levelOf(shown) ? null : { level, since: first.at };
}
