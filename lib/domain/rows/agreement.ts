import type { FactName } from '#lib/domain/facts.ts';
import type { Failed, ProbeResult } from '#lib/domain/probe.ts';
import { type Reading, spokenBy } from './row.ts';
import { answers, asksServer, failsAs, type Scene } from './scene.ts';

/** Phases in which a connection stands and somebody ought to say something. */
const STANDING: readonly Failed['failedIn'][] = ['tls', 'firstByte', 'download'];

/** Somebody took the connection and said nothing. */
export const isSilent = (probe: ProbeResult): boolean =>
  probe.outcome === 'failed' && probe.reason === 'timeout' && STANDING.includes(probe.failedIn);

/** No connection, or none that says anything: with a full queue a process that does nothing shows either. */
export const isStuck = (probe: ProbeResult): boolean => isSilent(probe) || failsIn(probe, 'tcp');

/** The time was over in this phase. */
export const failsIn = (probe: ProbeResult | undefined, phase: Failed['failedIn']): boolean =>
  probe?.outcome === 'failed' && probe.reason === 'timeout' && probe.failedIn === phase;

/**
 * A fault of what holds the port: loopback shows the same, or contradicts it by answering. A proxy in front can fail on
 * its own, so there loopback's answer contradicts nothing.
 */
export function sameOnLoopback(scene: Scene, ...also: readonly (FactName | false)[]): Reading {
  const { name, loopback, here } = scene;
  const isAlike = here !== false && asksServer(scene);
  const agrees = here !== false && name.outcome === 'failed' && failsAs(loopback, name.reason);
  const by = spokenBy('name', agrees && 'loopback', ...also)?.by ?? ['name'];
  return isAlike && answers(loopback) ? { by, against: ['loopback'] } : { by };
}
