import Link from 'next/link';
import type { Picture } from '#lib/client/glance.ts';
import { AppShows } from './app-shows.tsx';
import { Remedies } from './remedies.tsx';
import { Why } from './why.tsx';

/** Everything about the cause when not ready: what the phone app shows, what mends it, why we think so. */
export function Diagnosis({ picture }: { readonly picture: Picture }) {
  const { diagnosis, incidentId } = picture.status;
  return (
    <>
      {diagnosis.appShows === null ? null : <AppShows shows={diagnosis.appShows} />}
      <Remedies remedies={diagnosis.remedies} />
      <Why picture={picture} />
      {incidentId === null ? null : (
        <Link
          href={`/incident?id=${encodeURIComponent(incidentId)}`}
          className="flex min-h-[50px] items-center justify-between rounded-[14px] bg-card px-4 font-semibold text-accent"
        >
          What happened so far
          <span aria-hidden="true">›</span>
        </Link>
      )}
    </>
  );
}
