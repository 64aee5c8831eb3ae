import { DAY, type EpochMs, HOUR, MINUTE } from '#lib/domain/time.ts';
import type { Window } from '#lib/domain/window.ts';

/** A label on the time axis; `place` is its share of the width, 0 at the left. */
export type TimeTick = { readonly at: EpochMs; readonly place: number; readonly label: string };

type Rule = { readonly next: (day: Date) => Date; readonly label: (day: Date) => string };

const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sept', 'Oct', 'Nov', 'Dec'] as const;

// Without `Intl`, whose first use costs a phone some 20 ms.
const two = (value: number): string => String(value).padStart(2, '0');
const clockOf = (day: Date): string => `${two(day.getHours())}:${two(day.getMinutes())}`;
const weekdayOf = (day: Date): string => WEEKDAYS[day.getDay()] ?? '';
const monthOf = (day: Date): string => MONTHS[day.getMonth()] ?? '';
const dateOf = (day: Date): string => `${day.getDate()} ${monthOf(day)}`;

const stepOf = (ms: number) => (from: Date) => {
  const midnight = new Date(from).setHours(0, 0, 0, 0);
  return new Date(midnight + (Math.floor((from.getTime() - midnight) / ms) + 1) * ms);
};
const daysOf = (days: number) => (from: Date) => new Date(from.getFullYear(), from.getMonth(), from.getDate() + days);
const monthsOf = (months: number) => (from: Date) => new Date(from.getFullYear(), from.getMonth() + months, 1);

/** Where labels stand, by the phone's local time. */
const RULES: Readonly<Record<Window, Rule>> = {
  '1h': { next: stepOf(15 * MINUTE), label: clockOf },
  '24h': { next: stepOf(6 * HOUR), label: clockOf },
  '7d': { next: daysOf(1), label: weekdayOf },
  '30d': { next: daysOf(7), label: dateOf },
  '90d': { next: monthsOf(1), label: monthOf },
  '1y': { next: monthsOf(2), label: monthOf },
};

/** Labels from `from` to `to`, ending in "now"; those that would touch an edge or "now" are left out. */
export function timeTicks(window: Window, from: EpochMs, to: EpochMs): readonly TimeTick[] {
  const { next, label } = RULES[window];
  const ticks: TimeTick[] = [];
  const first = window === '30d' ? from - 6 * DAY : from;
  for (let at = next(new Date(first)); at.getTime() < to; at = next(at)) {
    const place = (at.getTime() - from) / (to - from);
    if (place < 0.04 || place > 0.84) continue;
    ticks.push({ at: at.getTime(), place, label: label(at) });
  }
  return [...ticks, { at: to, place: 1, label: 'now' }];
}
