'use client';

import { memo } from 'react';
import { ChartAfterPaint } from '#components/chart/after-paint.tsx';
import { TimeAxis } from '#components/chart/time-axis.tsx';
import { StripSpace, UptimeStrip } from '#components/chart/uptime-strip.tsx';
import { Card } from '#components/ui/card.tsx';
import { useHistory } from '#lib/client/history-feed.ts';
import { latencyText } from '#lib/client/latency-text.ts';
import { percentText } from '#lib/client/percent-text.ts';
import { gapText, latencySentence, uptimeSentence } from '#lib/client/sentences.ts';
import type { History } from '#lib/contract/history.ts';

type FigureProps = { readonly label: string; readonly figure: string; readonly note: string };

function Figure({ label, figure, note }: FigureProps) {
  return (
    <div className="flex min-h-7 items-baseline justify-between gap-3">
      <h2 className="text-[20px] font-semibold tracking-[-0.01em] whitespace-nowrap">
        <span className="sr-only">{label}: </span>
        {figure}
      </h2>
      <p className="truncate text-right text-note text-dim">{note}</p>
    </div>
  );
}

function uptimeNote(history: History): string {
  const gaps = gapText(history);
  return gaps === '' ? 'ready, last 24 h' : `ready, last 24 h · ${gaps}, not counted`;
}

function latencyNote({ latency }: History): string {
  if (latency.p50Ms === null) return 'last 24 h';
  return latency.p95Ms === null ? 'median' : `median · 95 % within ${latencyText(latency.p95Ms)}`;
}

/** How the last 24 hours have been. The places of both cards have their final size before any data is there. Ages tick without it. */
export const Trends = memo(() => {
  const { data, failure } = useHistory('24h');
  if (data === undefined && failure !== null) return null;
  return (
    <>
      <Card>
        <Figure
          label="Uptime"
          figure={data === undefined ? '…' : percentText(data.uptime.ready)}
          note={data === undefined ? 'last 24 h' : uptimeNote(data)}
        />
        <div className="mt-2.5">
          {data === undefined ? <StripSpace /> : <UptimeStrip history={data} sentence={uptimeSentence(data)} />}
        </div>
      </Card>
      <Card>
        <Figure
          label="Latency"
          figure={
            data === undefined ? '…' : data.latency.p50Ms === null ? 'no data yet' : latencyText(data.latency.p50Ms)
          }
          note={data === undefined ? 'last 24 h' : latencyNote(data)}
        />
        <div className="mt-1">
          {data === undefined ? (
            <div className="h-[150px] lg:h-[190px]" />
          ) : (
            <ChartAfterPaint kind="latency" history={data} sentence={latencySentence(data)} />
          )}
          {data === undefined ? <div className="mt-1.5 h-[18px]" /> : <TimeAxis {...data} />}
        </div>
      </Card>
    </>
  );
});
