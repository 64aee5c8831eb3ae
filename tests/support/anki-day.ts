import { DAY, type EpochMs, HOUR, MINUTE } from '#lib/domain/time.ts';

/** The hour at which Anki's day begins, unless its owner chose another. */
const ROLLOVER_HOUR = 4;

/** The day of Anki that a moment belongs to, counted from an arbitrary one, in this machine's time zone. */
export function dayNumber(at: EpochMs): number {
  const offset = new Date(at).getTimezoneOffset() * MINUTE;
  return Math.floor((at - offset - ROLLOVER_HOUR * HOUR) / DAY);
}

/** The moment at which the day of Anki began that a moment belongs to. */
export function dayStart(at: EpochMs): EpochMs {
  const start = new Date(at - ROLLOVER_HOUR * HOUR);
  start.setHours(ROLLOVER_HOUR, 0, 0, 0);
  return start.getTime();
}

/** `YYYY-MM-DD` of a day number. */
export const dayText = (day: number): string => new Date(day * DAY).toISOString().slice(0, 10);
