import { DAY, type DurationMs, HOUR, MINUTE, SECOND } from './time.ts';

/** A length of time in at most two units, rounded down: `45 s`, `12 min`, `3 h 5 min`, `2 d 5 h`. */
export function lastedText(ms: DurationMs): string {
  if (ms < MINUTE) return `${Math.floor(Math.max(0, ms) / SECOND)} s`;
  if (ms < HOUR) return `${Math.floor(ms / MINUTE)} min`;
  if (ms < DAY) return `${Math.floor(ms / HOUR)} h ${Math.floor((ms % HOUR) / MINUTE)} min`;
  return `${Math.floor(ms / DAY)} d ${Math.floor((ms % DAY) / HOUR)} h`;
}
