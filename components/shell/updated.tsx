'use client';

import { useEffect, useState } from 'react';
import { takeUpdated } from '#lib/client/worker-update.ts';

/** Long enough to be seen on return, and read out. */
const SHOWN_MS = 6_000;

/** Tells, for a moment, that the page was replaced by a newer build while nobody looked. Above the content, in nobody's way. */
export function Updated() {
  const [isTold, setTold] = useState(false);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const tell = () => {
      if (document.visibilityState === 'hidden') return;
      document.removeEventListener('visibilitychange', tell);
      setTold(true);
      timer = setTimeout(setTold, SHOWN_MS, false);
    };
    if (takeUpdated()) {
      document.addEventListener('visibilitychange', tell);
      tell();
    }
    return () => {
      document.removeEventListener('visibilitychange', tell);
      clearTimeout(timer);
    };
  }, []);
  return (
    <div
      role="status"
      className="pointer-events-none fixed inset-x-0 top-[max(8px,env(safe-area-inset-top))] z-20 grid justify-items-center"
    >
      {isTold ? (
        <p className="appear rounded-full bg-ink px-4 py-2 text-[15px] font-semibold text-bg">Updated</p>
      ) : null}
    </div>
  );
}
