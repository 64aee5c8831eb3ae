'use client';

/** A fault of ours in a page, or a part of it that a newer build took away: it is said, and another try is one tap away. */
export default function ErrorPage({ error, reset }: { error: Error; reset: () => void }) {
  const isOutdated = error.name === 'ChunkLoadError';
  return (
    <main className="mx-auto w-full max-w-[720px] p-5 pt-[max(20px,env(safe-area-inset-top))]">
      <h1 className="text-[30px] font-bold">{isOutdated ? 'A part is missing' : 'Something broke'}</h1>
      <p className="mt-2">
        {isOutdated
          ? 'A part of this page could not be loaded. Perhaps Lifeline was updated meanwhile.'
          : 'This page has a fault. The review server and its watch are not affected.'}
      </p>
      <p className="mt-2 font-mono text-note text-dim">{error.message}</p>
      <button
        type="button"
        onClick={isOutdated ? () => window.location.reload() : reset}
        className="mt-1 min-h-11 font-semibold text-accent"
      >
        Try again
      </button>
    </main>
  );
}
