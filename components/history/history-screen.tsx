'use client';

import { useSearchParams } from 'next/navigation';
import { BucketTable } from '#components/chart/bucket-table.tsx';
import { LineLegend } from '#components/chart/line-legend.tsx';
import { StripSpace, UptimeStrip } from '#components/chart/uptime-strip.tsx';
import { FreshnessLine } from '#components/freshness/freshness-line.tsx';
import { NoAnswer } from '#components/freshness/no-answer.tsx';
import { Card } from '#components/ui/card.tsx';
import { historyEveryMs, useHistory } from '#lib/client/history-feed.ts';
import { latencyText } from '#lib/client/latency-text.ts';
import { phasesSeen } from '#lib/client/phase-series.ts';
import { usePhoneHistory } from '#lib/client/phone/phone-history-feed.ts';
import { phoneSentence } from '#lib/client/phone/phone-words.ts';
import { latencySentence, phasesSentence, uptimeSentence } from '#lib/client/sentences.ts';
import type { History } from '#lib/contract/history.ts';
import type { PhoneHistory } from '#lib/contract/phone.ts';
import { WINDOWS, type Window } from '#lib/domain/window.ts';
import { AbsenceList } from './absence-list.tsx';
import { ChartCard } from './chart-card.tsx';
import { ExportLinks } from './export-links.tsx';
import { IncidentList } from './incident-list.tsx';
import { PhaseLegend } from './phase-legend.tsx';
import { PhoneOutageList } from './phone-outage-list.tsx';
import { ThreeNumbers } from './three-numbers.tsx';
import { WindowLinks } from './window-links.tsx';

const DEFAULT: Window = '24h';

/** The window that the address asks for; the default one where it asks for none that exists. */
function useWindow(): Window {
  const asked = useSearchParams().get('window');
  return WINDOWS.find((window) => window === asked) ?? DEFAULT;
}

type Shown = { readonly history: History; readonly phone: PhoneHistory | undefined };

function Charts({ history, phone }: Shown) {
  const { p50Ms } = history.latency;
  return (
    <>
      <ChartCard
        label="Latency"
        figure={p50Ms === null ? 'no data yet' : latencyText(p50Ms)}
        note="median · band p5–p95"
        kind="latency"
        history={history}
        sentence={
          phone === undefined ? latencySentence(history) : `${latencySentence(history)} ${phoneSentence(phone)}`
        }
        phone={phone ?? null}
      >
        <LineLegend hasLost={phone?.buckets.some(({ failed }) => failed > 0) ?? false} />
      </ChartCard>
      <ChartCard
        label="Phases"
        figure="Where the time goes"
        note="mean"
        kind="phases"
        history={history}
        sentence={phasesSentence(history)}
      >
        <PhaseLegend phases={phasesSeen(history)} />
      </ChartCard>
    </>
  );
}

function Uptime({ history }: { readonly history: History | undefined }) {
  return (
    <>
      <ThreeNumbers uptime={history?.uptime ?? null} />
      <Card>
        {history === undefined ? <StripSpace /> : <UptimeStrip history={history} sentence={uptimeSentence(history)} />}
        <p className="mt-2 min-h-[54px] text-note text-dim lg:min-h-9">
          {history === undefined ? '' : uptimeSentence(history)}
        </p>
      </Card>
    </>
  );
}

/** What there is while a window is on its way: the same places, empty. */
function ChartSpaces() {
  return (
    <>
      <div className="h-[336px] rounded-card bg-card lg:h-[380px]" />
      <div className="h-[288px] rounded-card bg-card lg:h-[368px]" />
    </>
  );
}

/** The page before the browser has read its address. */
export const HistorySkeleton = () => (
  <>
    <div className="flex min-w-0 flex-col gap-3">
      <WindowLinks current={null} />
      <div className="-my-2 min-h-11" />
      <Uptime history={undefined} />
    </div>
    <div className={BESIDE}>
      <ChartSpaces />
    </div>
  </>
);

/** Below the strip on a phone, beside it on a desktop. */
const BESIDE = 'flex min-w-0 flex-col gap-3 aria-busy:opacity-60 lg:col-start-2 lg:row-span-2 lg:row-start-2';

/** How it has been: the three numbers, the strip, latency, phases, incidents. */
export function HistoryScreen() {
  const window = useWindow();
  const { data, times, trouble, refresh } = useHistory(window);
  const { data: phone, failure: phoneFailure } = usePhoneHistory(window);
  const history = trouble === null || data?.window === window ? data : undefined;
  if (history === undefined && trouble !== null) {
    return (
      <div className="flex min-w-0 flex-col gap-3">
        <WindowLinks current={window} />
        <NoAnswer trouble={trouble} refresh={refresh} />
      </div>
    );
  }
  return (
    <>
      <div className="flex min-w-0 flex-col gap-3">
        <WindowLinks current={window} />
        <div className="-my-2">
          <FreshnessLine times={times} trouble={trouble} everyMs={historyEveryMs(window)} />
        </div>
        <Uptime history={history} />
      </div>
      <div aria-busy={history?.window !== window} className={BESIDE}>
        {history === undefined ? <ChartSpaces /> : <Charts history={history} phone={phone} />}
      </div>
      {history === undefined ? null : (
        <div className="flex min-w-0 flex-col gap-3">
          <IncidentList history={history} />
          <PhoneOutageList key={`phone ${window}`} phone={phone} hasFailed={phoneFailure !== null} />
          <AbsenceList key={history.window} history={history} />
          <ExportLinks of={`window=${window}`} />
          <BucketTable history={history} phone={phone} />
        </div>
      )}
    </>
  );
}
