import type { ActivityMap } from './activity-map.ts';

const some = (count: number, what: string): string => `${count.toLocaleString('en')} ${what}${count === 1 ? '' : 's'}`;

/** "23 reviews today." */
export const todayText = ({ today }: ActivityMap): string =>
  today === 0 ? 'No review yet today.' : `${some(today, 'review')} today.`;

/** How long the streak is and whether it holds already; empty for none. */
export function streakText({ today, streak }: ActivityMap): string {
  if (streak === 0) return '';
  const days = streak === 1 ? '1 day' : `${streak} days in a row`;
  return today === 0 ? `${days} until yesterday.` : `${days}.`;
}

/** The picture in a sentence. */
export const activitySentence = ({ total, activeDays, allDays }: ActivityMap): string =>
  `${some(total, 'review')} on ${activeDays} of the last ${allDays} days.`;

const asDate = (day: string): Date => new Date(`${day}T12:00:00Z`);

/** "Mon 23 Nov" */
export const dayText = (day: string): string =>
  asDate(day).toLocaleDateString('en-GB', { weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' });

/** "Nov" */
export const monthText = (day: string): string =>
  asDate(day).toLocaleDateString('en-GB', { month: 'short', timeZone: 'UTC' });
