import type { Metadata } from 'next';
import { Suspense } from 'react';
import { IncidentScreen, IncidentSkeleton } from '#components/incidents/incident-screen.tsx';
import { Screen } from '#components/shell/screen.tsx';

export const metadata: Metadata = { title: 'Incident' };

export default function IncidentPage() {
  return (
    <Screen tab="/history">
      <Suspense fallback={<IncidentSkeleton />}>
        <IncidentScreen />
      </Suspense>
    </Screen>
  );
}
