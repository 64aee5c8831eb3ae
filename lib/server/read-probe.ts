import type { ProbeReport } from '#lib/contract/probe-report.ts';
import { withinPatience } from '#lib/domain/probe.ts';
import { viewOf } from './read-status.ts';
import type { Services } from './services.ts';

/** One probe now, or the one that another caller started within the last second. */
export async function readProbe({ monitor }: Services): Promise<ProbeReport> {
  const { result, diagnosis } = await monitor.probeNow();
  const { kind, url } = result.target;
  return {
    startedAt: result.startedAt,
    target: { kind, url },
    outcome: result.outcome,
    ...(result.status === undefined ? {} : { status: result.status }),
    ...(result.outcome === 'failed' && { failedIn: result.failedIn, reason: result.reason }),
    timings: { ...result.timings },
    totalMs: result.totalMs,
    withinPatience: withinPatience(result),
    diagnosis: viewOf(diagnosis),
  };
}
