import { useMemo, useState } from 'react';
import { statusSchema } from '#lib/contract/status.ts';
import { SECOND } from '#lib/domain/time.ts';
import { type Trouble, useFeed } from './feed.ts';
import type { Picture } from './glance.ts';
import { STATUS_URL } from './status-url.ts';
import { isUnderWay } from './under-way.ts';

/** What the Status screen knows. A failed refresh keeps the picture and says why there is no newer one. */
export type StatusFeed = {
  readonly picture: Picture | null;
  readonly trouble: Trouble | null;
  readonly refresh: () => void;
};

/** The status, asked for every 5 s while the page is seen, every second while the server is being started; the kept picture until the first answer. */
export function useStatus(): StatusFeed {
  const [everyMs, setEveryMs] = useState(5 * SECOND);
  const { data, times, trouble, refresh } = useFeed({
    url: STATUS_URL,
    schema: statusSchema,
    everyMs,
    measuredAt: ({ checkedAt }) => checkedAt,
  });
  const wantedMs = isUnderWay(data?.start) ? SECOND : 5 * SECOND;
  if (wantedMs !== everyMs) setEveryMs(wantedMs);
  const receivedAt = times?.receivedAt;
  const picture = useMemo(
    () => (data === undefined || receivedAt === undefined ? null : { status: data, receivedAt }),
    [data, receivedAt],
  );
  return { picture, trouble, refresh };
}
