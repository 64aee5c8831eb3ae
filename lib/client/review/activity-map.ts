import type { ActivityView } from '#lib/contract/review.ts';
import { DAY, type EpochMs, HOUR } from '#lib/domain/time.ts';

/** As many weeks as columns of a good size fit on a phone. */
const WEEKS = 17;
/** Anki's day begins at four in the morning unless its owner changed that. */
const ROLLOVER_MS = 4 * HOUR;

/** 0 for none, 4 for the busiest days. */
export type Strength = 0 | 1 | 2 | 3 | 4;
export type ActivityDay = {
  /** `YYYY-MM-DD` */
  readonly day: string;
  readonly reviews: number;
  readonly strength: Strength;
};
/** From Monday; shorter where today ends it. */
export type ActivityWeek = readonly ActivityDay[];

export type ActivityMap = {
  readonly weeks: readonly ActivityWeek[];
  readonly today: number;
  /** Days in a row with reviews, up to today, or up to yesterday while there is none today. */
  readonly streak: number;
  /** Of the weeks shown. */
  readonly total: number;
  readonly activeDays: number;
  readonly allDays: number;
};

const two = (n: number): string => String(n).padStart(2, '0');

/** The day that Anki counts `now` to, by this device's clock. */
export function ankiDay(now: EpochMs): string {
  const date = new Date(now - ROLLOVER_MS);
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** Days as numbers, so that they can be counted without time zones. */
const numberOf = (day: string): number => Math.round(Date.parse(`${day}T00:00:00Z`) / DAY);
const dayOf = (number: number): string => new Date(number * DAY).toISOString().slice(0, 10);
/** 0 for Monday. The first of January 1970 was a Thursday. */
const weekday = (number: number): number => (number + 3) % 7;

/** Quarters of the busiest day, so that any amount of reviews has its picture. */
function strengthOf(reviews: number, most: number): Strength {
  if (reviews === 0 || most === 0) return 0;
  return Math.min(4, Math.ceil((4 * reviews) / most)) as Strength;
}

/** How many days in a row, counted back from `from`. */
function streakBefore(counts: ReadonlyMap<string, number>, from: number): number {
  let length = 0;
  while ((counts.get(dayOf(from - length)) ?? 0) > 0) length += 1;
  return length;
}

/** The newest `weeks` weeks, the last one ending with `today`, which is later where Anki's clock is ahead. */
export function activityMap({ days }: ActivityView, today: string, weeks = WEEKS): ActivityMap {
  const counts = new Map(days.map(({ day, reviews }) => [day, reviews]));
  const last = Math.max(numberOf(today), ...days.map(({ day }) => numberOf(day)));
  const first = last - weekday(last) - 7 * (weeks - 1);
  const shown = Array.from({ length: last - first + 1 }, (_, index) => {
    const day = dayOf(first + index);
    return { day, reviews: counts.get(day) ?? 0 };
  });
  const most = Math.max(...shown.map(({ reviews }) => reviews));
  const told = shown.map((one) => ({ ...one, strength: strengthOf(one.reviews, most) }));
  const now = shown.at(-1)?.reviews ?? 0;
  return {
    weeks: Array.from({ length: weeks }, (_, week) => told.slice(7 * week, 7 * week + 7)),
    today: now,
    streak: streakBefore(counts, now > 0 ? last : last - 1),
    total: shown.reduce((sum, { reviews }) => sum + reviews, 0),
    activeDays: shown.filter(({ reviews }) => reviews > 0).length,
    allDays: shown.length,
  };
}
