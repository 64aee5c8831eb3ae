'use client';

import { Area, ComposedChart, type DotItemDotProps, Line, Tooltip, XAxis, YAxis } from 'recharts';
import { ceilingOf, failureMarks, type LatencyPoint, latencyPoints } from '#lib/client/latency-series.ts';
import { phoneBucketsByMoment } from '#lib/client/phone/phone-series.ts';
import { AboveMarks } from './above-marks.tsx';
import type { ChartProps } from './chart-props.ts';
import { FailureLane } from './failure-lane.tsx';
import { LatencyTip } from './latency-tip.tsx';
import { PhoneLine, PhoneMarks } from './phone-line.tsx';
import { PlotLines } from './plot-lines.tsx';

const MARGIN = { top: 18, right: 1, bottom: 16, left: 1 };
/** With a lane for what a phone missed. */
const PHONE_MARGIN = { ...MARGIN, bottom: 30 };

/** A point that no line reaches still has to be seen. */
function LoneDot({ cx, cy, payload }: DotItemDotProps) {
  const { alone }: LatencyPoint = payload;
  return alone ? <circle cx={cx} cy={cy} r={2} className="fill-accent" /> : null;
}

/**
 * Latency over time: the median as a line, p5 to p95 as a band, failures at their time; and what phones measured of their way
 * here as a second line. Gaps stay gaps.
 */
export function LatencyChart({ history, sentence, phone: measured }: ChartProps) {
  // While another window is waited for, that of the phone may be there before.
  const phone = measured?.window === history.window ? measured : undefined;
  const medians = phone?.buckets.map(({ p50Ms }) => (p50Ms === undefined ? {} : { p50Ms })) ?? [];
  const ceilingMs = Math.max(ceilingOf(history.buckets), ceilingOf(medians));
  const points = latencyPoints(history, ceilingMs);
  return (
    <ComposedChart
      responsive
      data={[...points]}
      margin={measured === undefined ? MARGIN : PHONE_MARGIN}
      title={sentence}
      className="size-full text-accent"
      style={{ width: '100%', height: '100%' }}
    >
      <XAxis dataKey="at" type="number" domain={[history.from, history.to]} hide />
      <YAxis type="number" domain={[0, ceilingMs]} hide width={0} />
      <PlotLines ceilingMs={ceilingMs} />
      <FailureLane marks={failureMarks(history)} />
      <Area
        dataKey="band"
        stroke="none"
        fill="currentColor"
        fillOpacity={0.18}
        isAnimationActive={false}
        activeDot={false}
      />
      <Line
        dataKey="p50"
        stroke="currentColor"
        strokeWidth={2}
        strokeLinejoin="round"
        dot={(props: DotItemDotProps) => <LoneDot {...props} key={props.index} />}
        isAnimationActive={false}
      />
      {phone === undefined ? null : <PhoneLine phone={phone} ceilingMs={ceilingMs} />}
      {phone === undefined ? null : <PhoneMarks phone={phone} />}
      <AboveMarks points={points} />
      <Tooltip
        content={<LatencyTip phone={phoneBucketsByMoment(phone)} />}
        cursor={{ stroke: 'var(--rest)' }}
        isAnimationActive={false}
        filterNull={false}
      />
    </ComposedChart>
  );
}
