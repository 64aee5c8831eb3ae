import type { EpochMs } from '#lib/domain/time.ts';

/**
 * A moment by the phone's local time, as short as it stays clear at `now`: `14:02`, `yesterday 14:02`, `Tue 14:02`, `12 Nov 14:02`.
 * Refers to nothing outside itself, because the first-paint script carries its source; and without `Intl`, whose first use
 * costs a phone some 20 ms before its first paint.
 */
export function clockText(at: EpochMs, now: EpochMs): string {
  const moment = new Date(at);
  const two = (value: number) => String(value).padStart(2, '0');
  const time = `${two(moment.getHours())}:${two(moment.getMinutes())}`;
  const midnight = (ms: number) => new Date(ms).setHours(0, 0, 0, 0);
  const daysAgo = Math.round((midnight(now) - midnight(at)) / 86_400_000);
  if (daysAgo === 0) return time;
  if (daysAgo === 1) return `yesterday ${time}`;
  const nameOf = (names: string, place: number) => names.split(' ')[place] ?? '';
  if (daysAgo > 1 && daysAgo < 7) return `${nameOf('Sun Mon Tue Wed Thu Fri Sat', moment.getDay())} ${time}`;
  const months = 'Jan Feb Mar Apr May Jun Jul Aug Sept Oct Nov Dec';
  const year = moment.getFullYear() === new Date(now).getFullYear() ? '' : ` ${moment.getFullYear()}`;
  return `${moment.getDate()} ${nameOf(months, moment.getMonth())}${year} ${time}`;
}
