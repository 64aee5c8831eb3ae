import type { Metadata } from 'next';
import { Suspense } from 'react';
import { HistoryScreen, HistorySkeleton } from '#components/history/history-screen.tsx';
import { Screen } from '#components/shell/screen.tsx';

export const metadata: Metadata = { title: 'History' };

export default function HistoryPage() {
  return (
    <Screen title="History" tab="/history" columns>
      <Suspense fallback={<HistorySkeleton />}>
        <HistoryScreen />
      </Suspense>
    </Screen>
  );
}
