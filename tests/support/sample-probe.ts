import type { ProbeReport } from '#lib/contract/probe-report.ts';
import type { EpochMs } from '#lib/domain/time.ts';
import { sampleStatus } from './sample-status.ts';

/** A live probe as the API tells it: answered in 14 ms, without TLS. */
export const sampleProbe = (now: EpochMs): ProbeReport => ({
  startedAt: now,
  target: { kind: 'name', url: 'http://macbook.tail1234.ts.net:8000/health' },
  outcome: 'answered',
  status: 200,
  timings: { dns: 2.1, tcp: 3.4, firstByte: 7.9, download: 0.4 },
  totalMs: 13.8,
  withinPatience: true,
  diagnosis: sampleStatus('healthy', now).diagnosis,
});

/** The same, refused at the connection. */
export const sampleRefusal = (now: EpochMs): ProbeReport => ({
  startedAt: now,
  target: { kind: 'name', url: 'http://macbook.tail1234.ts.net:8000/health' },
  outcome: 'failed',
  failedIn: 'tcp',
  reason: 'refused',
  timings: { dns: 2.1, tcp: 0.6 },
  totalMs: 2.7,
  withinPatience: true,
  diagnosis: sampleStatus('not-running', now).diagnosis,
});
