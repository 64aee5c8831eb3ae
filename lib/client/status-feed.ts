import { useEffect, useState, useSyncExternalStore } from 'react';
import useSWR from 'swr';
import { statusSchema } from '#lib/contract/status.ts';
import { type EpochMs, SECOND } from '#lib/domain/time.ts';
import type { Picture } from './glance.ts';
import { polling } from './polling.ts';
import { RequestFailure, requestStamped } from './request.ts';
import { readSnapshot, writeSnapshot } from './snapshot.ts';
import { STATUS_URL } from './status-url.ts';
import { isUnderWay } from './under-way.ts';

/** What the Status screen knows. A failed refresh keeps the picture and says why there is no newer one. */
export type StatusFeed = {
  readonly picture: Picture | null;
  readonly trouble: { readonly failure: RequestFailure; readonly since: EpochMs } | null;
  readonly refresh: () => void;
};

let failingSince: EpochMs | null = null;

async function fetchPicture(url: string): Promise<Picture> {
  try {
    const { data, receivedAt } = await requestStamped(url, statusSchema);
    failingSince = null;
    const picture = { status: data, receivedAt };
    writeSnapshot(picture);
    return picture;
  } catch (failure) {
    failingSince ??= Date.now();
    throw failure;
  }
}

let kept: Picture | null | undefined;

/** The kept picture as the first paint showed it; read once, because later ones come by network. */
function keptPicture(): Picture | null {
  if (kept === undefined) kept = readSnapshot();
  return kept;
}

const neverChanges = () => () => undefined;
const noPicture = () => null;

/** The status, asked for every 5 s while the page is seen, every second while the server is being started; the kept picture until the first answer. */
export function useStatus(): StatusFeed {
  const snapshot = useSyncExternalStore(neverChanges, keptPicture, noPicture);
  const [everyMs, setEveryMs] = useState(5 * SECOND);
  const { data, error, mutate } = useSWR<Picture, unknown>(STATUS_URL, fetchPicture, polling(everyMs));
  const wantedMs = isUnderWay(data?.status.start) ? SECOND : 5 * SECOND;
  if (wantedMs !== everyMs) setEveryMs(wantedMs);
  useEffect(() => {
    const onShow = (event: PageTransitionEvent) => {
      if (event.persisted) void mutate();
    };
    window.addEventListener('pageshow', onShow);
    return () => window.removeEventListener('pageshow', onShow);
  }, [mutate]);
  if (error !== undefined && !(error instanceof RequestFailure)) throw error;
  return {
    picture: data ?? snapshot,
    trouble: error === undefined ? null : { failure: error, since: failingSince ?? error.at },
    refresh: () => void mutate(),
  };
}
