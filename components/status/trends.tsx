'use client';

import { memo, useDeferredValue } from 'react';
import { Figure } from '#components/chart/figure.tsx';
import { TimeAxis } from '#components/chart/time-axis.tsx';
import { UptimeStrip } from '#components/chart/uptime-strip.tsx';
import { Card } from '#components/ui/card.tsx';
import { durationText } from '#lib/client/duration-text.ts';
import { useHistory } from '#lib/client/history-feed.ts';
import { latencyText } from '#lib/client/latency-text.ts';
import { percentText } from '#lib/client/percent-text.ts';
import { gapText, latencySentence, uptimeSentence } from '#lib/client/sentences.ts';
import type { History } from '#lib/contract/history.ts';
import { LatencyTrend } from './latency-trend.tsx';
import { TrendSpaces } from './trend-spaces.tsx';

function notCounted(history: History): string {
  const gaps = gapText(history);
  return gaps === '' ? 'All of it was measured' : `${gaps}, not counted`;
}

/** Of how much time the figure speaks: a minute of data is no day of data. */
function measuredNote({ uptime, from, to }: History): string {
  if (uptime.ready === null) return 'ready, last 24 h';
  return uptime.measured >= 0.99
    ? 'ready, last 24 h'
    : `ready in ${durationText(uptime.measured * (to - from))} measured`;
}

function latencyNote({ latency }: History): string {
  return latency.p95Ms === null ? 'median, last 24 h' : `median · 95 % within ${latencyText(latency.p95Ms)}`;
}

/** How the last 24 hours have been. Ages tick without it. */
export const Trends = memo(() => {
  const { data: newest, failure } = useHistory('24h');
  // Drawn in pieces, between which a tap is answered.
  const data = useDeferredValue(newest);
  if (data === undefined) return failure === null ? <TrendSpaces /> : null;
  const { p50Ms } = data.latency;
  return (
    <>
      <Card>
        <Figure label="Uptime" figure={percentText(data.uptime.ready)} note={measuredNote(data)} />
        <div className="mt-2.5">
          <UptimeStrip history={data} sentence={uptimeSentence(data)} />
        </div>
        <p className="mt-1.5 truncate text-note text-dim">{notCounted(data)}</p>
      </Card>
      <Card>
        <Figure label="Latency" figure={p50Ms === null ? 'no data yet' : latencyText(p50Ms)} note={latencyNote(data)} />
        <div className="mt-1">
          <LatencyTrend history={data} sentence={latencySentence(data)} />
          <TimeAxis {...data} />
        </div>
      </Card>
    </>
  );
});
