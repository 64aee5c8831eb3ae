import { clockText } from '#lib/client/clock-text.ts';
import { spanText } from '#lib/client/gap-words.ts';
import { latencyText } from '#lib/client/latency-text.ts';
import type { PhoneHistory } from '#lib/contract/phone.ts';
import type { EpochMs } from '#lib/domain/time.ts';

type Outage = PhoneHistory['outages'][number];

/** The line phone → Mac for those who cannot see it. */
export function phoneSentence({ latency, buckets }: PhoneHistory): string {
  const failed = buckets.reduce((sum, bucket) => sum + bucket.failed, 0);
  const all = buckets.reduce((sum, bucket) => sum + bucket.answered, failed);
  if (all === 0) return 'A phone measures its way to the Mac while Lifeline is open on it; nothing yet in this time.';
  const lost = failed === 0 ? 'none went unanswered' : `${failed} of ${all} had no answer`;
  if (latency.p50Ms === null) return `From the phone: ${lost}.`;
  const most = latency.p95Ms === null ? '' : `, 95 % within ${latencyText(latency.p95Ms)}`;
  return `From the phone half came within ${latencyText(latency.p50Ms)}${most}; ${lost}.`;
}

/** One step of what phones measured: `median 45 ms, 2 without answer`; empty where there is none. */
export function phoneText(bucket: PhoneHistory['buckets'][number] | undefined): string {
  const median = bucket?.p50Ms === undefined ? [] : [`median ${latencyText(bucket.p50Ms)}`];
  const failed = (bucket?.failed ?? 0) === 0 ? [] : [`${bucket?.failed} without answer`];
  return [...median, ...failed].join(', ');
}

/** When it was: `14:02–14:08`, `since 14:02`. */
export const outageWhen = ({ from, to }: Pick<Outage, 'from' | 'to'>, now: EpochMs): string =>
  to === null ? `since ${clockText(from, now)}` : spanText(from, to, now);
