import { startTransition, useEffect, useState } from 'react';
import { nextTask } from '#lib/client/next-task.ts';

/** What follows the words: one chunk, asked for when they are painted. Its parts begin in tasks of their own, each a short one. */
async function loadLater() {
  await nextTask();
  const { Announcer } = await import(/* webpackChunkName: "status-later" */ './announcer.tsx');
  await nextTask();
  const { CheckNow } = await import(/* webpackChunkName: "status-later" */ './check-now.tsx');
  await nextTask();
  const { RungDetail } = await import(/* webpackChunkName: "status-later" */ './rung-detail.tsx');
  await nextTask();
  await import(/* webpackChunkName: "status-later" */ './trends.tsx');
  await nextTask();
  const { Below } = await import(/* webpackChunkName: "status-later" */ './below.tsx');
  await nextTask();
  return { Announcer, Below, CheckNow, RungDetail };
}

export type Later = Awaited<ReturnType<typeof loadLater>>;

/** Once it is there, the screen is whole from its first moment whenever somebody comes back to it. */
let loaded: Later | null = null;

/** Null until it has arrived. When the Mac has just gone it never does: the screen says so, and a reload asks again. */
export function useLater(): Later | null {
  const [later, setLater] = useState(loaded);
  useEffect(() => {
    loadLater().then(
      (chunk) => {
        loaded = chunk;
        startTransition(() => setLater(chunk));
      },
      () => undefined,
    );
  }, []);
  return later;
}
