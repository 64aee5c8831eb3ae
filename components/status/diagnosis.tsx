'use client';

import Link from 'next/link';
import { glanceOf, type Picture, serverNow } from '#lib/client/glance.ts';
import { useNow } from '#lib/client/now.ts';
import { isAnkiLikely } from '#lib/client/review/due-offer.ts';
import { AppShows } from './app-shows.tsx';
import { Complaint } from './complaint.tsx';
import { CopyReport } from './copy-report.tsx';
import { Remedies } from './remedies.tsx';
import { ReviewHere } from './review-here.tsx';
import { useReviewOffer } from './review-here-offer.ts';
import { StartServer } from './start-server.tsx';
import { Story } from './story.tsx';
import { Why } from './why.tsx';

type DiagnosisProps = { readonly picture: Picture; readonly refresh: () => void };

/** What can be done from here: review at once, and start the server. */
function Actions({ picture, refresh }: DiagnosisProps) {
  const { start, ladder } = picture.status;
  const { offer, isReader } = useReviewOffer(isAnkiLikely(ladder));
  const isOffered = offer.kind === 'here' || offer.kind === 'offline';
  const link = isOffered ? <ReviewHere offer={offer} isReader={isReader} /> : null;
  return start === null ? (
    <div className="flex empty:hidden">{link}</div>
  ) : (
    <StartServer picture={picture} start={start} refresh={refresh} beside={link} />
  );
}

/** Everything about the cause when not ready: how it came, what mends it, what the phone app shows, why we think so. */
export function Diagnosis({ picture, refresh }: DiagnosisProps) {
  const { diagnosis, incidentId } = picture.status;
  const now = useNow();
  return (
    <>
      <Story story={diagnosis.story} />
      <Actions picture={picture} refresh={refresh} />
      {diagnosis.appShows === null ? null : (
        <AppShows shows={diagnosis.appShows}>
          <Complaint label="It shows something else" />
        </AppShows>
      )}
      <Remedies remedies={diagnosis.remedies} />
      <Why
        diagnosis={diagnosis}
        macNow={serverNow(picture, now)}
        isLive={glanceOf(picture, now).freshness === 'live'}
      />
      {incidentId === null ? null : (
        <Link
          href={`/incident?id=${encodeURIComponent(incidentId)}`}
          className="flex min-h-[50px] items-center justify-between rounded-[14px] bg-card px-4 font-semibold text-accent"
        >
          What happened so far
          <span aria-hidden="true">›</span>
        </Link>
      )}
      {diagnosis.appShows === null ? <Complaint surface label="My app shows an error" /> : null}
      <CopyReport app={null} />
    </>
  );
}
