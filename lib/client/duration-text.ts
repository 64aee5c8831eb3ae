import type { DurationMs } from '#lib/domain/time.ts';

/**
 * A length of time as people say it, in at most two units: `45 s`, `3 h 12 min`, `2 days 5 h`. Rounds down.
 * Refers to nothing outside itself, because the first-paint script carries its source.
 */
export function durationText(ms: DurationMs): string {
  const seconds = Math.floor(Math.max(0, ms) / 1_000);
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  const days = Math.floor(hours / 24);
  if (minutes < 1) return `${seconds} s`;
  if (hours < 1) return `${minutes} min`;
  if (days < 1) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
  const inDays = days === 1 ? '1 day' : `${days} days`;
  return days >= 7 || hours % 24 === 0 ? inDays : `${inDays} ${hours % 24} h`;
}
