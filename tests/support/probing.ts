import type { Failed, ProbeResult, Target } from '#lib/domain/probe.ts';
import { type ProbeOptions, probeHttp } from '#lib/probe/http-probe.ts';
import type { Resolve } from '#lib/probe/resolve.ts';

/** A resolver that knows one answer. */
export const resolvesTo =
  (...addresses: readonly string[]): Resolve =>
  () =>
    Promise.resolve({ outcome: 'resolved', addresses });

/** For targets that are addresses: asking for a name is a mistake. */
const resolvesNothing: Resolve = (host) => Promise.reject(new Error(`asked for ${host}`));

export const probe = (target: Target, options: Partial<ProbeOptions> = {}): Promise<ProbeResult> =>
  probeHttp(target, { resolve: resolvesNothing, ...options });

/** Probes what has to fail. */
export async function probeFailure(target: Target, options?: Partial<ProbeOptions>): Promise<Failed> {
  const result = await probe(target, options);
  if (result.outcome === 'answered') throw new Error(`${target.url} answered`);
  return result;
}
