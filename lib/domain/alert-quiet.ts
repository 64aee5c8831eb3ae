import type { QuietHours } from './alert.ts';
import { type Clock, clockBy } from './clock.ts';
import type { EpochMs } from './time.ts';

/** A moment on a wall of this zone: the day as `Fri 20 Nov 2026`, the time as `14:02`. */
type Wall = (at: EpochMs) => { readonly day: string; readonly time: string };

function wallIn(timeZone: string): Wall {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  return (at) => {
    const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
    const { weekday, day, month, year, hour, minute } = parts;
    return { day: `${weekday} ${day} ${month} ${year}`, time: `${hour}:${minute}` };
  };
}

/** The clock of a zone (IANA name): `14:02`, and of another day `14:02 on Fri 20 Nov`. Throws a RangeError for a zone that is none. */
export const clockIn = (timeZone: string): Clock => clockBy(wallIn(timeZone));

/** Whether this moment is within quiet hours, by the wall clock of their place; none where both ends are the same. */
export function isQuiet(quiet: QuietHours | null, at: EpochMs): boolean {
  if (quiet === null) return false;
  const { from, to, timeZone } = quiet;
  const { time } = wallIn(timeZone)(at);
  return from <= to ? from <= time && time < to : from <= time || time < to;
}
