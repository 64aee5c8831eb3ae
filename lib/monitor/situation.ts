import { isElsewhere } from '#lib/domain/elsewhere.ts';
import type { Facts } from '#lib/domain/facts.ts';
import type { ProbeResult } from '#lib/domain/probe.ts';
import { type EpochMs, MINUTE } from '#lib/domain/time.ts';
import type { Targets } from './effects.ts';

/** How old a side may be: two of the turns in which it is probed while all is well. */
const FRESH_MS = MINUTE;

/** The facts that belong together: those seen since the name began to answer, or fail, the way it does now. */
export type Situation = {
  readonly name: ProbeResult;
  readonly since: EpochMs;
  readonly sides: Readonly<Partial<Record<'tailnet' | 'loopback', ProbeResult>>>;
};

/** Takes a newer probe at the name. When it ends another way than the last, the sides' older facts no longer apply. */
export function seeName(situation: Situation | null, name: ProbeResult): Situation {
  if (situation === null) return { name, since: name.startedAt, sides: {} };
  if (kindOf(situation.name) === kindOf(name)) return { ...situation, name };
  return { ...situation, name, since: name.startedAt, sides: newerThan(situation.sides, name.startedAt) };
}

/** Takes a probe at a side, unless it was made in an earlier situation. */
export function seeSide(situation: Situation, side: ProbeResult): Situation {
  if (side.target.kind === 'name' || side.startedAt < situation.since) return situation;
  return { ...situation, sides: { ...situation.sides, [side.target.kind]: side } };
}

/** Which addresses are this machine's, and whether the name led to one of them when it was last resolved. */
export type Place = { readonly isOwn: (ip: string) => boolean; readonly lastHere: boolean | undefined };

/**
 * The facts of a situation. A name that is not resolved now still leads where it did, unless it is this machine's own, which
 * ought to lead here. The sides tell nothing of a server that lives on another machine, nor when they are no longer
 * probed, nor when they have not been for a while.
 */
export function factsOf({ name, sides }: Situation, targets: Targets, { isOwn, lastHere }: Place): Facts {
  const addresses = name.addresses ?? (name.address === undefined ? [] : [name.address]);
  const last = targets.ownName ? undefined : lastHere;
  const here = addresses.length === 0 ? last : addresses.some((address) => isOwn(address));
  const elsewhere = isElsewhere({ ownName: targets.ownName, ...(here === undefined ? {} : { here }) });
  const probed = new Set(targets.sides.map(({ kind }) => kind));
  const current = Object.entries(sides).filter(
    ([, side]) => !elsewhere && probed.has(side.target.kind) && name.startedAt - side.startedAt <= FRESH_MS,
  );
  return {
    name,
    ...Object.fromEntries(current),
    ...(here === undefined ? {} : { here }),
    ownName: targets.ownName,
  };
}

const kindOf = (result: ProbeResult): string =>
  result.outcome === 'answered' ? 'answered' : `${result.reason}/${result.failedIn}`;

const newerThan = (sides: Situation['sides'], since: EpochMs): Situation['sides'] =>
  Object.fromEntries(Object.entries(sides).filter(([, side]) => side.startedAt >= since));
