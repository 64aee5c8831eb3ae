import type { ActivityView } from '#lib/contract/review.ts';
import { type DurationMs, SECOND } from '#lib/domain/time.ts';
import { ankiTrouble } from '#lib/review/anki-trouble.ts';
import { failure, json } from './respond.ts';
import type { Services } from './services.ts';
import { within } from './within.ts';

/** The phone gives up after 4 s, with no word to show. */
const PATIENCE_MS: DurationMs = 3.5 * SECOND;

/** 53 weeks, so that a year's heatmap has no ragged edge. */
const DAYS = 371;
const DAY = /^\d{4}-\d\d-\d\d$/;

/** Anki's own count of reviews by day, oldest first; 503 with the reason where Anki does not tell. */
export async function readActivity({ review }: Services): Promise<Response> {
  const called = await within(PATIENCE_MS, review.activity(), null);
  if (called === null) return failure(503, 'silent', 'Anki does not answer in time.');
  if (called.outcome !== 'answered') {
    const { code, message } = ankiTrouble(called);
    return failure(503, code, message);
  }
  const days = called.value
    .map(([day, reviews]) => ({ day, reviews }))
    .filter(({ day, reviews }) => DAY.test(day) && reviews >= 0)
    .toSorted((one, other) => one.day.localeCompare(other.day));
  const view: ActivityView = { days: days.slice(-DAYS) };
  return json(view);
}
