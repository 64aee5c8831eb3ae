import type { DiagnosisReport } from '#lib/contract/diagnosis-report.ts';
import type { Cause } from '#lib/domain/cause.ts';
import type { AppCode } from '#lib/domain/facts.ts';
import { type EpochMs, MINUTE, SECOND } from '#lib/domain/time.ts';
import { sampleStatus } from './sample-status.ts';

/** A deep look as the API tells it: with two things that could not be looked at. */
export function sampleReport(cause: Cause, now: EpochMs, app: AppCode | null): DiagnosisReport {
  const { diagnosis, ladder } = sampleStatus(cause, now);
  return {
    servedAt: now,
    app,
    diagnosis,
    ladder,
    facts: diagnosis.evidence,
    blind: [
      {
        what: 'firewall',
        why: 'not-permitted',
        detail: 'nft: Operation not permitted (you must be root)',
        at: now - SECOND,
      },
      { what: 'phone', why: 'not-installed', detail: '', at: now - MINUTE },
    ],
  };
}

/** The same as text, masked or not. */
export const sampleReportText = (masked: boolean): string =>
  `Lifeline report\nThe review server is not running.\nAsked at ${masked ? 'host-1.tailnet' : 'macbook.tail1234.ts.net'}:8000\n`;
