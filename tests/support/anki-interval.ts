import { DAY, HOUR, MINUTE, SECOND } from '#lib/domain/time.ts';

/** What is due within this is shown when nothing else is left, and is written as "less than". */
export const LEARN_AHEAD_MS = 20 * MINUTE;

const UNITS = [
  { name: 's', ms: SECOND, digits: 0 },
  { name: 'm', ms: MINUTE, digits: 0 },
  { name: 'h', ms: HOUR, digits: 1 },
  { name: 'd', ms: DAY, digits: 0 },
  { name: 'mo', ms: 30 * DAY, digits: 1 },
  { name: 'y', ms: 365 * DAY, digits: 1 },
] as const;

/** An interval as Anki writes it on a button, its number between U+2068 and U+2069. Source: review reference §1.4. */
export function intervalText(ms: number): string {
  const unit = UNITS.findLast((one) => ms >= one.ms) ?? UNITS[0];
  const number = Number((ms / unit.ms).toFixed(unit.digits));
  const text = `\u2068${number}\u2069${unit.name}`;
  return ms < LEARN_AHEAD_MS ? `<${text}` : text;
}
