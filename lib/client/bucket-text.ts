import type { BucketView } from '#lib/contract/history.ts';
import type { Cause } from '#lib/domain/cause.ts';
import type { EpochMs } from '#lib/domain/time.ts';

/** A bucket's moment in full, by the phone's local time: `Tue 24 Nov, 14:05`. */
export const momentText = (at: EpochMs): string =>
  new Date(at).toLocaleString('en-GB', {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
  });

/** A cause's id as words: `not-running` reads `not running`. */
const causeText = (cause: Cause): string => cause.replaceAll('-', ' ');

/** How many checks failed in a bucket and why: `3 not running, 1 timeout`. Empty when none did. */
export function causesText({ causes }: Pick<BucketView, 'causes'>): string {
  return (Object.entries(causes) as [Cause, number][])
    .map(([cause, count]) => `${count} × ${causeText(cause)}`)
    .join(', ');
}
