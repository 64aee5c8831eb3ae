'use client';

import Link from 'next/link';
import { useSearchParams } from 'next/navigation';
import { FreshnessLine } from '#components/freshness/freshness-line.tsx';
import { NoAnswer } from '#components/freshness/no-answer.tsx';
import { ExportLinks } from '#components/history/export-links.tsx';
import { LevelMark } from '#components/status/level-mark.tsx';
import { Card, CardHead } from '#components/ui/card.tsx';
import { momentText } from '#lib/client/bucket-text.ts';
import { durationText } from '#lib/client/duration-text.ts';
import { INCIDENT_EVERY_MS, useIncident } from '#lib/client/history-feed.ts';
import { LEVEL_WORDS } from '#lib/client/words.ts';
import type { IncidentView } from '#lib/contract/history.ts';
import type { EpochMs } from '#lib/domain/time.ts';
import { EventList } from './event-list.tsx';
import { Mended } from './mended.tsx';

function Title({ children }: { readonly children: React.ReactNode }) {
  return (
    <div className="min-h-[104px] px-1">
      <Link
        href="/history"
        data-way="back"
        className="-ml-1 inline-flex min-h-11 touch-manipulation items-center gap-1 font-semibold text-accent"
      >
        <span aria-hidden="true">‹</span> History
      </Link>
      {children}
    </div>
  );
}

const Heading = ({ children }: { readonly children: React.ReactNode }) => (
  <h1 className="text-[26px] leading-[1.2] font-bold tracking-[-0.02em]">{children}</h1>
);

function Summary({ incident, now }: { readonly incident: IncidentView; readonly now: EpochMs }) {
  const { level, startedAt, endedAt } = incident;
  return (
    <p className="mt-1.5 flex items-center gap-2 text-dim">
      <LevelMark level={level} className="text-[13px]" />
      {LEVEL_WORDS[level]} · {momentText(startedAt)} · {durationText((endedAt ?? now) - startedAt)}
    </p>
  );
}

/** The page before its data. */
export const IncidentSkeleton = () => (
  <>
    <Title>
      <Heading>Incident</Heading>
    </Title>
    <div className="-my-2 min-h-11" />
    <div className="h-[260px] rounded-card bg-card" />
  </>
);

function Nothing({ title, text }: { readonly title: string; readonly text: string }) {
  return (
    <>
      <Title>
        <Heading>{title}</Heading>
      </Title>
      <Card>
        <p>{text}</p>
      </Card>
    </>
  );
}

/** One incident: what happened in order, and how long each part of it took. */
export function IncidentScreen() {
  const id = useSearchParams().get('id');
  const { data, times, trouble, refresh } = useIncident(id);
  if (id === null) return <Nothing title="No incident chosen" text="Choose one in the history." />;
  if (data === undefined && trouble !== null) {
    return (
      <>
        <Title>
          <Heading>Incident</Heading>
        </Title>
        <NoAnswer trouble={trouble} refresh={refresh} />
      </>
    );
  }
  if (data === undefined) return <IncidentSkeleton />;
  const incident = data.incidents[0];
  if (incident === undefined) {
    return <Nothing title="No such incident" text="It may be older than what Lifeline keeps." />;
  }
  return (
    <>
      <Title>
        <Heading>{incident.headline}</Heading>
        <Summary incident={incident} now={data.servedAt} />
      </Title>
      <div className="-my-2">
        <FreshnessLine times={times} trouble={trouble} everyMs={INCIDENT_EVERY_MS} />
      </div>
      <EventList key={incident.id} incident={incident} now={data.servedAt} />
      <Mended incident={incident} />
      <Card>
        <CardHead title="What it means" />
        <p className="mt-1 text-dim">{incident.explanation}</p>
      </Card>
      <ExportLinks of={`incident=${encodeURIComponent(incident.id)}`} />
    </>
  );
}
