import { Gauge, Registry } from 'prom-client';
import { LEVELS } from '#lib/domain/level.ts';
import { readStatus } from './read-status.ts';
import type { Services } from './services.ts';

/** The Prometheus text of this moment. Seconds and ratios, as Prometheus wants them; what is not known is left out. */
export async function readMetrics(services: Services): Promise<{ readonly type: string; readonly text: string }> {
  const status = await readStatus(services, new Headers());
  const { rounds } = services.monitor.snapshot();
  const registry = new Registry();
  const gauge = (name: string, help: string, value: number | null): void => {
    const made = new Gauge({ name: `lifeline_${name}`, help, registers: [registry] });
    if (value !== null) made.set(value);
    else registry.removeSingleMetric(`lifeline_${name}`);
  };
  const level = new Gauge({
    name: 'lifeline_level',
    help: '1 for the level shown',
    labelNames: ['level'],
    registers: [registry],
  });
  for (const each of LEVELS) level.set({ level: each }, each === status.level ? 1 : 0);
  const cause = new Gauge({
    name: 'lifeline_cause',
    help: '1 for the cause named',
    labelNames: ['cause'],
    registers: [registry],
  });
  cause.set({ cause: status.diagnosis.cause }, 1);
  gauge('rounds', 'Rounds since the start', rounds);
  gauge('checked_timestamp_seconds', 'When the newest probe ended', seconds(status.checkedAt));
  gauge('probe_duration_seconds', 'Total time of the newest answered probe', seconds(status.latency.lastMs));
  gauge('probe_duration_p50_seconds', 'Median over a day', seconds(status.latency.p50Ms));
  gauge('probe_duration_p95_seconds', '95th percentile over a day', seconds(status.latency.p95Ms));
  gauge('reachable_ratio', 'Reachable share of the measured time of a day', status.uptime.reachable);
  gauge('ready_ratio', 'Ready share of the measured time of a day', status.uptime.ready);
  gauge('measured_ratio', 'Measured share of a day', status.uptime.measured);
  gauge(
    'storage_failing',
    '1 while the history or grades are not being kept',
    status.storage.state === 'failing' ? 1 : 0,
  );
  gauge('process_resident_memory_bytes', 'Resident memory of this process', process.memoryUsage.rss());
  return { type: registry.contentType, text: await registry.metrics() };
}

const seconds = (ms: number | null): number | null => (ms === null ? null : ms / 1_000);
