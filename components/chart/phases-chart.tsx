'use client';

import { Area, AreaChart, Tooltip, XAxis, YAxis } from 'recharts';
import { momentText } from '#lib/client/bucket-text.ts';
import { ceilingOf } from '#lib/client/latency-series.ts';
import { latencyText } from '#lib/client/latency-text.ts';
import { type PhasePoint, phasePoints, phasesSeen } from '#lib/client/phase-series.ts';
import { PHASE_WORDS } from '#lib/client/probe-words.ts';
import { PHASES } from '#lib/domain/probe.ts';
import type { ChartProps } from './chart-props.ts';
import { PlotLines } from './plot-lines.tsx';

const MARGIN = { top: 18, right: 1, bottom: 1, left: 1 };

type TipProps = { readonly active?: boolean; readonly payload?: readonly { readonly payload?: PhasePoint }[] };

function PhasesTip({ active, payload }: TipProps) {
  const bucket = payload?.[0]?.payload?.bucket;
  if (!active || bucket === undefined) return null;
  return (
    <div className="rounded-xl border border-hair bg-card px-3 py-2 text-note shadow-lg">
      <p className="font-semibold">{momentText(bucket.at)}</p>
      {PHASES.map((phase) => {
        const ms = bucket.phasesMs?.[phase];
        return ms === undefined ? null : (
          <p key={phase}>
            {PHASE_WORDS[phase]} {latencyText(ms)}
          </p>
        );
      })}
      {bucket.phasesMs === undefined ? <p>No answer measured</p> : null}
    </div>
  );
}

/** Where the time goes: the mean of each phase, stacked. Gaps stay gaps. */
export function PhasesChart({ history, sentence }: ChartProps) {
  const ceilingMs = ceilingOf(history.buckets);
  const points = phasePoints(history, ceilingMs);
  return (
    <AreaChart responsive data={[...points]} margin={MARGIN} title={sentence} style={{ width: '100%', height: '100%' }}>
      <XAxis dataKey="at" type="number" domain={[history.from, history.to]} hide />
      <YAxis type="number" domain={[0, ceilingMs]} hide width={0} />
      <PlotLines ceilingMs={ceilingMs} />
      {phasesSeen(history).map((phase) => (
        <Area
          key={phase}
          dataKey={({ stack }: PhasePoint) => stack?.[phase] ?? null}
          name={PHASE_WORDS[phase]}
          stackId="phases"
          stroke="none"
          fill={`var(--phase-${phase})`}
          fillOpacity={0.85}
          isAnimationActive={false}
          activeDot={false}
        />
      ))}
      <Tooltip
        content={<PhasesTip />}
        cursor={{ stroke: 'var(--rest)' }}
        isAnimationActive={false}
        filterNull={false}
      />
    </AreaChart>
  );
}
