import { type KeptFeed, useFeed } from '#lib/client/feed.ts';
import { type DueView, dueSchema } from '#lib/contract/review.ts';
import { SECOND } from '#lib/domain/time.ts';

/** How much is left to review today, and whether any way to Anki answers; asked every 30 s while somebody looks. */
export const useDue = (): KeptFeed<DueView> =>
  useFeed({ url: '/api/review/due', schema: dueSchema, everyMs: 30 * SECOND });
