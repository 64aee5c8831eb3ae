'use client';

import { useEffect } from 'react';
import { keepUpToDate } from '#lib/client/worker-update.ts';

/** Without https (or localhost) there is no service worker, and nothing to keep. */
export function WorkerUpdate() {
  useEffect(() => {
    if ('serviceWorker' in navigator) return keepUpToDate(navigator.serviceWorker, document);
  }, []);
  return null;
}
