import { useState } from 'react';
import { type ProbeReport, probeReportSchema } from '#lib/contract/probe-report.ts';
import { TRUTH_MS } from '#lib/domain/probe.ts';
import { SECOND } from '#lib/domain/time.ts';
import { RequestFailure, request } from './request.ts';

/** A probe waits up to its truth deadline for the review server; the answer about it needs a little longer. */
const PROBE_TIMEOUT_MS = TRUTH_MS + 3 * SECOND;

/** How far the check that someone asked for has come. */
export type ProbeRun =
  | { readonly step: 'idle' }
  | { readonly step: 'running' }
  | { readonly step: 'done'; readonly report: ProbeReport }
  | { readonly step: 'failed'; readonly failure: RequestFailure };

/** One live probe on demand, one at a time. */
export function useProbe(): { readonly run: ProbeRun; readonly start: () => Promise<void> } {
  const [run, setRun] = useState<ProbeRun>({ step: 'idle' });
  const start = async () => {
    if (run.step === 'running') return;
    setRun({ step: 'running' });
    try {
      setRun({ step: 'done', report: await request('/api/probe', probeReportSchema, PROBE_TIMEOUT_MS) });
    } catch (failure) {
      if (!(failure instanceof RequestFailure)) throw failure;
      setRun({ step: 'failed', failure });
    }
  };
  return { run, start };
}
