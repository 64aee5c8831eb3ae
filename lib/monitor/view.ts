import type { Cause, GapReason } from '#lib/domain/cause.ts';
import {
  CONFIRM_MS,
  disbelieve,
  observe,
  pendingOf,
  startTracking,
  type Tracker,
  unsettledSince,
} from '#lib/domain/confirmation.ts';
import { diagnose, NO_DIAGNOSIS } from '#lib/domain/diagnose.ts';
import type { Diagnosis } from '#lib/domain/diagnosis.ts';
import type { Fact, Facts, Generation, Past, SideFacts } from '#lib/domain/facts.ts';
import { type Level, levelOf } from '#lib/domain/level.ts';
import { PATIENCE_MS, type ProbeResult } from '#lib/domain/probe.ts';
import type { Surroundings } from '#lib/domain/remedies.ts';
import { type DurationMs, type EpochMs, SECOND } from '#lib/domain/time.ts';
import { currentOf } from './cadence.ts';
import type { Effects, Targets } from './effects.ts';
import { factsOf, type Situation, seeName, seeSide } from './situation.ts';

/** After waking, the tunnel needs a while: failures are believed only when they last longer. Source: network reference §5. */
const AFTER_WAKING_MS = 10 * SECOND;

/** What is shown, and the facts behind it. */
export type View = {
  readonly level: () => Level;
  readonly diagnosis: () => Diagnosis;
  readonly facts: () => Facts | null;
  /** What the owner had told when that was concluded; null where nothing was. */
  readonly around: () => Surroundings | null;
  readonly pending: () => { readonly level: Level; readonly since: EpochMs } | null;
  /** Whether a change waits for its confirmation, so that the next probe should not. */
  readonly wavers: () => boolean;
  /** Start of the oldest probe that may still change the past; null when none may. */
  readonly openSince: () => EpochMs | null;
  /** Takes a probe at the name, or what is known of it so far; returns the change it made certain. */
  readonly seeName: (round: Started, result: ProbeResult, as: Standing) => Change | null;
  readonly seeSide: (round: Started, result: ProbeResult) => Change | null;
  readonly seeFacts: (facts: SideFacts, targets: Targets) => Change | null;
  readonly seeGeneration: (generation: Fact<Generation>) => void;
  /** Takes back what a probe seemed to say while it was silent: its end is not to be believed. */
  readonly disbelieve: (round: Started) => void;
  /** What a probe means with the facts that belong to it, without showing it. */
  readonly explain: (result: ProbeResult, targets: Targets) => Diagnosis;
  /** The facts that belong to a probe. */
  readonly factsAt: (result: ProbeResult, targets: Targets) => Facts;
  /** Since when the name has behaved as it does, and whether that is this machine; null before the first probe. */
  readonly place: (targets: Targets) => { readonly since: EpochMs; readonly here: boolean | undefined } | null;
  /** Whether the newest facts contradict each other. */
  readonly isDoubtful: () => boolean;
  /** Forgets what was seen: a gap lies between it and now. */
  readonly lose: (reason: GapReason) => void;
};

export type Started = { readonly at: EpochMs; readonly monoAt: DurationMs; readonly targets: Targets };
export type Change = { readonly cause: Cause; readonly since: EpochMs };
/** Whether a probe has ended, and what our own history says at that moment. */
type Standing = { readonly final: boolean; readonly past: Fact<Past> };

type Explained = {
  readonly diagnosis: Diagnosis;
  readonly facts: Facts | null;
  readonly around: Surroundings | null;
};

type State = {
  tracker: Tracker;
  situation: Situation | null;
  side: SideFacts;
  newestCause: Cause | null;
  /** Whether the name led to this machine when it was last resolved. */
  lastHere: boolean | undefined;
  /** The newest diagnosis of each cause that was seen, so that what is shown has its own facts beside it. */
  explained: Map<Cause, Explained>;
  /** Sides that ended before the name's first probe did. */
  early: ProbeResult[];
  lastFinal: ProbeResult | null;
  newestName: { readonly round: Started; readonly final: boolean } | null;
  wokeAt: DurationMs | null;
};

type Needs = Pick<Effects, 'clock' | 'isOwnAddress'>;
type Seen = { readonly round: Started; readonly result: ProbeResult; readonly final: boolean };

const UNEXPLAINED: Explained = { diagnosis: NO_DIAGNOSIS, facts: null, around: null };

const unknowing = (wokeAt: DurationMs | null): State => ({
  tracker: startTracking('no-data'),
  situation: null,
  side: {},
  newestCause: null,
  lastHere: undefined,
  explained: new Map(),
  early: [],
  lastFinal: null,
  newestName: null,
  wokeAt,
});

export function createView(effects: Needs): View {
  let state = unknowing(null);
  const shown = (): Explained => state.explained.get(state.tracker.shown) ?? UNEXPLAINED;
  return {
    level: () => levelOf(state.tracker.shown),
    diagnosis: () => shown().diagnosis,
    facts: () => shown().facts,
    around: () => shown().around,
    pending: () => pendingOf(state.tracker),
    wavers: () => state.tracker.run.length > 0,
    openSince: () => unsettledSince(state.tracker),
    explain: (result, targets) => diagnose(factsAt(state, effects, { result, targets }), targets.around),
    factsAt: (result, targets) => factsAt(state, effects, { result, targets }),
    place: (targets) => placeOf(state, effects, targets),
    isDoubtful: () => state.newestCause === 'inconsistent',
    seeName: (round, result, { final, past }) => {
      state.side = { ...state.side, past };
      return takeName(state, effects, { round, result, final });
    },
    seeSide: (round, result) => takeSide(state, effects, { round, result }),
    seeFacts: (facts, targets) => {
      state.side = { ...state.side, ...facts };
      return judgeAgain(state, effects, targets);
    },
    seeGeneration: (generation) => {
      state.side = { ...state.side, generation };
    },
    disbelieve: ({ monoAt }) => {
      state.tracker = disbelieve(state.tracker, monoAt);
    },
    lose: (reason) => {
      state = unknowing(reason === 'asleep' ? effects.clock.mono() : null);
    },
  };
}

function takeName(state: State, effects: Needs, seen: Seen): Change | null {
  // A server that is shown to answer late is silent at first in every probe: that says nothing new.
  if (!seen.final && levelOf(state.tracker.shown) !== 'ready' && answersLate(state.lastFinal)) return null;
  if (seen.final) state.lastFinal = seen.result;
  const isNewest = state.newestName === null || seen.round.monoAt >= state.newestName.round.monoAt;
  if (!isNewest) return judge(state, effects, { seen, situation: seeName(null, seen.result) });
  state.newestName = seen;
  state.situation = seeName(state.situation, seen.result);
  for (const side of state.early.splice(0)) state.situation = seeSide(state.situation, side);
  return judge(state, effects, { seen, situation: state.situation });
}

function takeSide(state: State, effects: Needs, { round, result }: Omit<Seen, 'final'>): Change | null {
  const { situation, newestName } = state;
  if (situation === null || newestName === null) {
    state.early.push(result);
    return null;
  }
  const next = seeSide(situation, result);
  if (next === situation) return null;
  state.situation = next;
  return judgeAgain(state, effects, round.targets);
}

/** What the newest probe means now that more is known. */
function judgeAgain(state: State, effects: Needs, targets: Targets): Change | null {
  const { situation, newestName } = state;
  if (situation === null || newestName === null) return null;
  const seen = { round: { ...newestName.round, targets }, result: situation.name, final: newestName.final };
  return judge(state, effects, { seen, situation });
}

const factsAt = (state: State, effects: Needs, at: { result: ProbeResult; targets: Targets }): Facts =>
  assemble(state, effects, { situation: seeName(state.situation, at.result), targets: at.targets });

function placeOf(state: State, { isOwnAddress }: Needs, targets: Targets): ReturnType<View['place']> {
  const { situation } = state;
  if (situation === null) return null;
  const place = { isOwn: isOwnAddress, lastHere: state.lastHere };
  state.lastHere = factsOf(situation, targets, place).here ?? state.lastHere;
  // This machine's own name ought to lead here, also where it does not.
  return { since: situation.since, here: targets.ownName ? undefined : state.lastHere };
}

/** A probe that ended after a newer one was judged speaks for its own moment, with no facts but its own. */
function judge(state: State, effects: Needs, { seen, situation }: { seen: Seen; situation: Situation }): Change | null {
  const { round, final } = seen;
  const facts = assemble(state, effects, { situation, targets: round.targets });
  const { around } = round.targets;
  const diagnosis = diagnose(facts, around);
  state.explained.set(diagnosis.cause, { diagnosis, facts, around });
  state.newestCause = diagnosis.cause;
  const monoNow = effects.clock.mono();
  const waking = state.wokeAt !== null && monoNow - state.wokeAt < AFTER_WAKING_MS;
  const { tracker, change } = observe(
    state.tracker,
    { at: round.at, monoAt: round.monoAt, cause: diagnosis.cause, final },
    { monoNow, confirmMs: waking ? AFTER_WAKING_MS : CONFIRM_MS },
  );
  state.tracker = tracker;
  return change;
}

const assemble = (
  { side, lastHere }: State,
  { clock, isOwnAddress }: Needs,
  { situation, targets }: { situation: Situation; targets: Targets },
): Facts => ({
  ...currentOf(side, { since: situation.since, at: clock.now() }),
  ...factsOf(situation, targets, { isOwn: isOwnAddress, lastHere }),
});

const answersLate = (last: ProbeResult | null): boolean =>
  last !== null && last.totalMs > PATIENCE_MS && !(last.outcome === 'failed' && last.reason === 'timeout');
