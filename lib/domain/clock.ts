import type { EpochMs } from './time.ts';

/** A moment as one who reads of it at `now` wants it told: `14:02:11`, and of another day `14:02:11 on Fri 20 Nov`. */
export type Clock = (at: EpochMs, now: EpochMs) => string;
/** The same where `now` is settled. */
export type Say = (at: EpochMs) => string;

/** A moment on somebody's wall: the day as `Fri 20 Nov 2026`, the time as they are used to it. */
export type Shown = { readonly day: string; readonly time: string };

/** The clock of whoever sees moments like this: it tells the day only where it is not today, the year where it is another. */
export const clockBy =
  (show: (at: EpochMs) => Shown): Clock =>
  (at, now) => {
    const { day, time } = show(at);
    const today = show(now).day;
    if (day === today) return time;
    return `${time} on ${yearOf(day) === yearOf(today) ? day.slice(0, -' 2026'.length) : day}`;
  };

const yearOf = (day: string): string => day.slice(-'2026'.length);

/** By UTC, for want of a clock of the place: `14:02:11 UTC`. */
export const byUtc: Clock = clockBy((at) => {
  // `Fri, 20 Nov 2026 18:02:11 GMT`, as ECMA-262 has it.
  const [weekday = '', day, month, year, time] = new Date(at).toUTCString().split(' ');
  return { day: `${weekday.slice(0, -1)} ${Number(day)} ${month} ${year}`, time: `${time} UTC` };
});
