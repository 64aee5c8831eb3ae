import type { Measurement } from '#lib/domain/measurement.ts';
import type { ProbeResult } from '#lib/domain/probe.ts';
import { type DurationMs, SECOND } from '#lib/domain/time.ts';
import type { Effects } from './effects.ts';
import type { Verdict } from './verdict.ts';
import type { Started } from './view.ts';

/** How often the sides are probed while all is well. While it is not, they are probed in every round. */
const SIDES_MS = 30 * SECOND;

/** Probes the sides of a round where they are due. Each is judged as soon as it ends, if the round still counts then. */
export type SideProbes = (round: Started, isCurrent: () => boolean) => Promise<readonly Measurement[]>;

export function createSideProbes({ probe }: Pick<Effects, 'probe'>, verdict: Verdict): SideProbes {
  let lastMono: DurationMs | null = null;
  return async (round, isCurrent) => {
    const due = lastMono === null || round.monoAt - lastMono >= SIDES_MS;
    if (!due && !verdict.isTroubled()) return [];
    lastMono = round.monoAt;
    return Promise.all(
      round.targets.sides.map(async (side) => {
        const see = (result: ProbeResult): void => {
          if (isCurrent()) verdict.seeSide(round, result);
        };
        const { result, late } = await probe(side, see);
        if (!late) see(result);
        return { result, cause: verdict.explain(result, round.targets).cause, late };
      }),
    );
  };
}
