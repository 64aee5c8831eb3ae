import type { Metadata } from 'next';
import { ReviewScreen } from '#components/review/review-screen.tsx';
import { TabBar } from '#components/shell/tab-bar.tsx';

export const metadata: Metadata = { title: 'Review' };

export default function ReviewPage() {
  return (
    <>
      <TabBar current="/review" />
      <main className="review">
        <h1 className="sr-only">Review</h1>
        <ReviewScreen />
      </main>
    </>
  );
}
