import type { EpochMs } from '#lib/domain/time.ts';

/**
 * A moment by the phone's local time, as short as it stays clear at `now`: `14:02`, `yesterday 14:02`, `Tue 14:02`, `12 Nov 14:02`.
 * Refers to nothing outside itself, because the first-paint script carries its source.
 */
export function clockText(at: EpochMs, now: EpochMs): string {
  const moment = new Date(at);
  const time = moment.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
  const midnight = (ms: number) => new Date(ms).setHours(0, 0, 0, 0);
  const daysAgo = Math.round((midnight(now) - midnight(at)) / 86_400_000);
  if (daysAgo === 0) return time;
  if (daysAgo === 1) return `yesterday ${time}`;
  if (daysAgo > 1 && daysAgo < 7) return `${moment.toLocaleDateString('en-GB', { weekday: 'short' })} ${time}`;
  const sameYear = moment.getFullYear() === new Date(now).getFullYear();
  return `${moment.toLocaleDateString('en-GB', { day: 'numeric', month: 'short', ...(sameYear ? {} : { year: 'numeric' }) })} ${time}`;
}
