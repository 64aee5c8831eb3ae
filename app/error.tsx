'use client';

import { Screen } from '#components/shell/screen.tsx';

/** A fault of ours in a page: it is said, and another try is one tap away. */
export default function ErrorPage({ error, reset }: { error: Error; reset: () => void }) {
  return (
    <Screen title="Something broke">
      <section className="rounded-card bg-card px-4 py-3.5">
        <p>This page has a fault. The review server and its watch are not affected.</p>
        <p className="mt-2 font-mono text-note text-dim">{error.message}</p>
        <button type="button" onClick={reset} className="mt-1 min-h-11 font-semibold text-accent">
          Try again
        </button>
      </section>
    </Screen>
  );
}
