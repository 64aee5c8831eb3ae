import useSWR from 'swr';
import { type Feed, feedOf } from '#lib/client/feed.ts';
import { polling } from '#lib/client/polling.ts';
import { request } from '#lib/client/request.ts';
import { type DecksView, decksSchema } from '#lib/contract/review.ts';
import { MINUTE } from '#lib/domain/time.ts';

const fetchDecks = (url: string) => request(url, decksSchema);

/** All decks with what is due in each; asked again every minute while somebody looks. */
export const useDecks = (): Feed<DecksView> =>
  feedOf(useSWR<DecksView, unknown>('/api/review/decks', fetchDecks, polling(MINUTE)));
