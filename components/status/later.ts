import { useEffect, useState } from 'react';

/** What follows the words: one chunk, asked for when they are painted. */
async function loadLater() {
  const [{ Announcer }, { Below }, { CheckNow }, { RungDetail }] = await Promise.all([
    import(/* webpackChunkName: "status-later" */ './announcer.tsx'),
    import(/* webpackChunkName: "status-later" */ './below.tsx'),
    import(/* webpackChunkName: "status-later" */ './check-now.tsx'),
    import(/* webpackChunkName: "status-later" */ './rung-detail.tsx'),
  ]);
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
        setLater(chunk);
      },
      () => undefined,
    );
  }, []);
  return later;
}
