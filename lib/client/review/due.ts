import useSWR from 'swr';
import { type Feed, feedOf } from '#lib/client/feed.ts';
import { polling } from '#lib/client/polling.ts';
import { request } from '#lib/client/request.ts';
import { type DueView, dueSchema } from '#lib/contract/review.ts';
import { SECOND } from '#lib/domain/time.ts';

const fetchDue = (url: string) => request(url, dueSchema);

/** How much is left to review today, and whether any way to Anki answers; asked every 30 s while somebody looks. */
export const useDue = (): Feed<DueView> =>
  feedOf(useSWR<DueView, unknown>('/api/review/due', fetchDue, polling(30 * SECOND)));
