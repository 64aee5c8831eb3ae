'use client';

/** A fault of ours in a page: it is said, and another try is one tap away. */
export default function ErrorPage({ error, reset }: { error: Error; reset: () => void }) {
  return (
    <main className="mx-auto w-full max-w-[720px] p-5">
      <h1 className="text-[30px] font-bold">Something broke</h1>
      <p className="mt-2">This page has a fault. The review server and its watch are not affected.</p>
      <p className="mt-2 font-mono text-note text-dim">{error.message}</p>
      <button type="button" onClick={reset} className="mt-1 min-h-11 font-semibold text-accent">
        Try again
      </button>
    </main>
  );
}
