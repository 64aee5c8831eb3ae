import { DAY, type EpochMs, HOUR, MINUTE } from '#lib/domain/time.ts';
import type { Window } from '#lib/domain/window.ts';

/** A label on the time axis; `place` is its share of the width, 0 at the left. */
export type TimeTick = { readonly at: EpochMs; readonly place: number; readonly label: string };

type Rule = { readonly next: (day: Date) => Date; readonly label: Intl.DateTimeFormatOptions };

const CLOCK = { hour: '2-digit', minute: '2-digit' } as const;
const WEEKDAY = { weekday: 'short' } as const;
const DATE = { day: 'numeric', month: 'short' } as const;
const MONTH = { month: 'short' } as const;

const stepOf = (ms: number) => (from: Date) => {
  const midnight = new Date(from).setHours(0, 0, 0, 0);
  return new Date(midnight + (Math.floor((from.getTime() - midnight) / ms) + 1) * ms);
};
const daysOf = (days: number) => (from: Date) => new Date(from.getFullYear(), from.getMonth(), from.getDate() + days);
const monthsOf = (months: number) => (from: Date) => new Date(from.getFullYear(), from.getMonth() + months, 1);

/** Where labels stand, by the phone's local time. */
const RULES: Readonly<Record<Window, Rule>> = {
  '1h': { next: stepOf(15 * MINUTE), label: CLOCK },
  '24h': { next: stepOf(6 * HOUR), label: CLOCK },
  '7d': { next: daysOf(1), label: WEEKDAY },
  '30d': { next: daysOf(7), label: DATE },
  '90d': { next: monthsOf(1), label: MONTH },
  '1y': { next: monthsOf(2), label: MONTH },
};

/** Labels from `from` to `to`, ending in "now"; those that would touch an edge or "now" are left out. */
export function timeTicks(window: Window, from: EpochMs, to: EpochMs): readonly TimeTick[] {
  const { next, label } = RULES[window];
  const ticks: TimeTick[] = [];
  const first = window === '30d' ? from - 6 * DAY : from;
  for (let at = next(new Date(first)); at.getTime() < to; at = next(at)) {
    const place = (at.getTime() - from) / (to - from);
    if (place < 0.04 || place > 0.84) continue;
    ticks.push({ at: at.getTime(), place, label: at.toLocaleString('en-GB', label) });
  }
  return [...ticks, { at: to, place: 1, label: 'now' }];
}
