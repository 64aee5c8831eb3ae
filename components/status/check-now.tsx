'use client';

import { latencyText } from '#lib/client/latency-text.ts';
import { type ProbeRun, useProbe } from '#lib/client/probe-now.ts';
import { PHASE_WORDS, REASON_WORDS } from '#lib/client/probe-words.ts';
import type { ProbeReport } from '#lib/contract/probe-report.ts';
import { PHASES, type Phase } from '#lib/domain/probe.ts';

function verdictOf(report: ProbeReport): string {
  const { outcome, failedIn, reason, totalMs, withinPatience } = report;
  if (outcome === 'answered') {
    const inTime = withinPatience ? 'in time for your app' : 'too late for your app, which waits 1.0 s';
    return `Answered in ${latencyText(totalMs)}, ${inTime}.`;
  }
  const where = failedIn === undefined ? '' : `${PHASE_WORDS[failedIn]}: `;
  return `${where}${reason === undefined ? 'it failed' : REASON_WORDS[reason]}, after ${latencyText(totalMs)}.`;
}

function resultOf(run: ProbeRun): string {
  switch (run.step) {
    case 'idle':
      return '';
    case 'running':
      return 'Checking…';
    case 'done':
      return verdictOf(run.report);
    case 'failed':
      return run.failure.message;
  }
}

type PhaseRowProps = { readonly phase: Phase; readonly report: ProbeReport | null; readonly startMs: number };

function PhaseRow({ phase, report, startMs }: PhaseRowProps) {
  const ms = report?.timings[phase];
  const total = Math.max(report?.totalMs ?? 1, 0.001);
  const failed = report?.failedIn === phase;
  return (
    <li className="grid min-h-6 grid-cols-[92px_1fr_64px] items-center gap-2 text-note">
      <span className={failed ? 'font-semibold text-down' : 'text-dim'}>{PHASE_WORDS[phase]}</span>
      <span className="relative h-2 rounded-full bg-bg">
        {ms === undefined ? null : (
          <span
            className={`absolute inset-y-0 min-w-1 rounded-full ${failed ? 'bg-down' : ''}`}
            style={{
              left: `${Math.min(97, (startMs / total) * 100)}%`,
              width: `${Math.min(100, (ms / total) * 100)}%`,
              ...(failed ? {} : { background: `var(--phase-${phase})` }),
            }}
          />
        )}
      </span>
      <span className="text-right">{ms === undefined ? '–' : latencyText(ms)}</span>
    </li>
  );
}

function Phases({ report }: { readonly report: ProbeReport | null }) {
  const timings = report?.timings ?? {};
  return (
    <ol className="mt-2" aria-label="Phases">
      {PHASES.map((phase, index) => {
        const startMs = PHASES.slice(0, index).reduce((sum, earlier) => sum + (timings[earlier] ?? 0), 0);
        return <PhaseRow key={phase} phase={phase} report={report} startMs={startMs} />;
      })}
    </ol>
  );
}

/** One check on demand, with its phases. Their place has its final size as soon as it is asked for. */
export function CheckNow() {
  const { run, start } = useProbe();
  const busy = run.step === 'running';
  return (
    <>
      <button
        type="button"
        onClick={start}
        aria-disabled={busy}
        className="min-h-12 w-full font-semibold text-accent active:opacity-70 aria-disabled:text-dim"
      >
        {busy ? 'Checking…' : 'Check now'}
      </button>
      {run.step === 'idle' ? null : (
        <div className="appear min-h-[192px] border-t border-hair pt-3 pb-2">
          <p role="status" className="line-clamp-2 min-h-[46px]">
            {resultOf(run)}
          </p>
          <Phases report={run.step === 'done' ? run.report : null} />
        </div>
      )}
    </>
  );
}
