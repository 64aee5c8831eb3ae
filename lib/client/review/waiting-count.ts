import { readText, writeText } from '#lib/client/kept/kept-text.ts';

const KEY = 'lifeline.review.waiting';

/** Notes how many grades of this phone Anki has not confirmed, where a screen can read it at once, without the database. */
export function noteWaiting(count: number): void {
  writeText(KEY, count === 0 ? null : String(count));
}

/** Whether any grade of this phone waits to be sent, from this start of the app or one before. */
export const areGradesWaiting = (): boolean => readText(KEY) !== null;
