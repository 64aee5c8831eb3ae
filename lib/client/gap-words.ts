import type { History } from '#lib/contract/history.ts';
import type { GapReason } from '#lib/domain/cause.ts';
import type { EpochMs } from '#lib/domain/time.ts';
import { clockText } from './clock-text.ts';

/** How the screens say why nothing was measured, in few words. */
export const GAP_WORDS: Readonly<Record<GapReason, string>> = {
  asleep: 'asleep',
  stopped: 'Lifeline not running',
  frozen: 'Mac too busy to measure',
  clock: 'clock changed',
};

const WAS: Readonly<Record<GapReason, string>> = {
  asleep: 'Mac was asleep',
  stopped: 'Lifeline was not running',
  frozen: 'Mac was too busy to measure',
  clock: 'Clock was set forward',
};

type Absence = History['absences'][number];

/** What kept Lifeline from measuring and when: `Mac was asleep 02:11–07:43`; while it lasts, since when nothing is measured. */
export function absenceText({ from, to, gap }: Absence, now: EpochMs): string {
  return to === null
    ? `Nothing measured since ${clockText(from, now)}: ${GAP_WORDS[gap]}`
    : `${WAS[gap]} ${spanText(from, to, now)}`;
}

/** `yesterday 02:11–07:43`, `yesterday 23:50 – 07:12`, within a minute `02:11`: the day of the end is told where it is neither that of the beginning nor today. */
export function spanText(from: EpochMs, to: EpochMs, now: EpochMs): string {
  const isSameDay = new Date(from).toDateString() === new Date(to).toDateString();
  const [begun, ended] = [clockText(from, now), clockText(to, now)];
  if (begun === ended) return begun;
  return isSameDay ? `${begun}–${clockText(to, to)}` : `${begun} – ${ended}`;
}
