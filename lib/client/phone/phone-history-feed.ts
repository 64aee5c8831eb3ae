import { type KeptFeed, useFeed } from '#lib/client/feed.ts';
import { historyEveryMs } from '#lib/client/history-feed.ts';
import { type PhoneHistory, phoneHistorySchema } from '#lib/contract/phone.ts';
import type { Window } from '#lib/domain/window.ts';

/** One window of what phones measured, asked for as often as the Mac's own history of it. */
export const usePhoneHistory = (window: Window): KeptFeed<PhoneHistory> =>
  useFeed({
    url: `/api/phone/history?window=${window}`,
    schema: phoneHistorySchema,
    everyMs: historyEveryMs(window),
  });
