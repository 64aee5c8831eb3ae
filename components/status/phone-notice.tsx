'use client';

import { Notice } from '#components/ui/notice.tsx';
import { usePhoneHistory } from '#lib/client/phone/phone-history-feed.ts';
import { outageWhen } from '#lib/client/phone/phone-words.ts';
import { MINUTE } from '#lib/domain/time.ts';

/** How long an outage stays news after its end. */
const NEWS_MS = 30 * MINUTE;

/** That a phone could not reach the Mac a while ago, and why; nothing where that is no news. */
export function PhoneNotice() {
  const { data } = usePhoneHistory('1h');
  const newest = data?.outages[0];
  if (data === undefined || newest === undefined || data.servedAt - (newest.to ?? data.servedAt) > NEWS_MS) return null;
  return (
    <Notice title={`Phone could not reach the Mac ${outageWhen(newest, data.servedAt)}`}>
      <p>{newest.sentence}</p>
    </Notice>
  );
}
