'use client';

import { Card, CardHead } from '#components/ui/card.tsx';
import { factText, WHY_WORDS } from '#lib/client/fact-words.ts';
import { useNow } from '#lib/client/now.ts';
import type { DiagnosisReport } from '#lib/contract/diagnosis-report.ts';
import type { EpochMs } from '#lib/domain/time.ts';
import { AppShows } from './app-shows.tsx';
import { CopyReport } from './copy-report.tsx';
import { Remedies } from './remedies.tsx';
import { Story } from './story.tsx';
import { Why } from './why.tsx';

function Blind({ blind }: Pick<DiagnosisReport, 'blind'>) {
  if (blind.length === 0) return null;
  return (
    <Card>
      <CardHead title="Could not be looked at" />
      <ul className="mt-1">
        {blind.map(({ what, why, detail }) => (
          <li key={what} className="border-t border-hair py-2.5 text-[15px] first:border-0 last:pb-0.5">
            {factText(what)} <span className="text-note text-dim">· {WHY_WORDS[why]}</span>
            {detail === '' ? null : <span className="block text-note break-words text-dim">{detail}</span>}
          </li>
        ))}
      </ul>
    </Card>
  );
}

type ResultProps = {
  readonly report: DiagnosisReport;
  /** By the phone's clock. */
  readonly receivedAt: EpochMs;
};

/** What a closer look came to: the cause, what mends it, why we think so, and what stayed in the dark. */
export function ComplaintResult({ report, receivedAt }: ResultProps) {
  const macNow = report.servedAt + Math.max(0, useNow() - receivedAt);
  const { diagnosis, blind, app } = report;
  return (
    <>
      <h3 className="px-1 text-[20px] leading-[1.3] font-semibold tracking-[-0.01em]">
        <span aria-live="polite">{diagnosis.headline}</span>
      </h3>
      <Story story={diagnosis.story} />
      {diagnosis.appShows === null ? null : <AppShows shows={diagnosis.appShows} />}
      <Remedies remedies={diagnosis.remedies} />
      <Why diagnosis={diagnosis} macNow={macNow} isLive />
      <Blind blind={blind} />
      <CopyReport app={app} />
    </>
  );
}
