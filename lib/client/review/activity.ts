import { type KeptFeed, useFeed } from '#lib/client/feed.ts';
import { type ActivityView, activitySchema } from '#lib/contract/review.ts';
import { MINUTE } from '#lib/domain/time.ts';

/** How often it is asked for while somebody looks. */
export const ACTIVITY_EVERY_MS = MINUTE;

/** The reviews of each day. */
export const useActivity = (): KeptFeed<ActivityView> =>
  useFeed({ url: '/api/review/activity', schema: activitySchema, everyMs: ACTIVITY_EVERY_MS });
