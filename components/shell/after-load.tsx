'use client';

import { type ComponentType, startTransition, useEffect, useState } from 'react';
import { nextTask } from '#lib/client/next-task.ts';

/**
 * Asks for what runs beside every screen once the page has loaded, so that it does not compete with it. Where it could not be
 * had, it is asked for again on the next return.
 */
export function AfterLoad() {
  const [Beside, setBeside] = useState<ComponentType | null>(null);
  useEffect(() => {
    const load = () =>
      void import(/* webpackChunkName: "beside" */ './beside.tsx').then(
        (loaded) => startTransition(() => setBeside(() => loaded.Beside)),
        () => document.addEventListener('visibilitychange', load, { once: true }),
      );
    if (document.readyState === 'complete') void nextTask().then(load);
    else window.addEventListener('load', load, { once: true });
  }, []);
  return Beside === null ? null : <Beside />;
}
