import useSWR from 'swr';
import { type Feed, feedOf } from '#lib/client/feed.ts';
import { polling } from '#lib/client/polling.ts';
import { request } from '#lib/client/request.ts';
import { type ActivityView, activitySchema } from '#lib/contract/review.ts';
import { MINUTE } from '#lib/domain/time.ts';

const fetchActivity = (url: string) => request(url, activitySchema);

/** The reviews of each day; asked again every minute while somebody looks. */
export const useActivity = (): Feed<ActivityView> =>
  feedOf(useSWR<ActivityView, unknown>('/api/review/activity', fetchActivity, polling(MINUTE)));
