import { type Counts, EASE_WORDS, type Ease, type Queue } from '#lib/domain/review/card.ts';
import type { DurationMs } from '#lib/domain/time.ts';
import type { ReviewSession } from './session.ts';

const UNITS = {
  s: { short: ['s', 's'], spoken: ['second', 'seconds'] },
  m: { short: ['min', 'min'], spoken: ['minute', 'minutes'] },
  h: { short: ['h', 'h'], spoken: ['hour', 'hours'] },
  d: { short: ['day', 'days'], spoken: ['day', 'days'] },
  mo: { short: ['month', 'months'], spoken: ['month', 'months'] },
  y: { short: ['year', 'years'], spoken: ['year', 'years'] },
} as const;

/** Anki's short forms in English: `<10m`, `4d`, `1.2mo`. */
const INTERVAL = /^(?<less><)?\s*(?<amount>\d+(?:[.,]\d+)?)\s*(?<unit>mo|[smhdy])$/;

type Unit = keyof typeof UNITS;
type Interval = { readonly isLess: boolean; readonly amount: string; readonly unit: Unit };

const isUnit = (text: string | undefined): text is Unit => text !== undefined && text in UNITS;

function readInterval(text: string): Interval | null {
  const { less, amount, unit } = INTERVAL.exec(text.trim())?.groups ?? {};
  if (amount === undefined || !isUnit(unit)) return null;
  return { isLess: less !== undefined, amount, unit };
}

const isOne = (amount: string) => Number(amount.replace(',', '.')) === 1;

/** What a button says of the time to come: `< 10 min`, `4 days`. What cannot be read, such as another language, stays as it is. */
export function intervalText(next: string): string {
  const read = readInterval(next);
  if (read === null) return next;
  const [one, many] = UNITS[read.unit].short;
  return `${read.isLess ? '< ' : ''}${read.amount} ${isOne(read.amount) ? one : many}`;
}

/** The same to be heard, with its unit in full, because `10m` is read as metres. */
export function spokenInterval(next: string): string {
  const read = readInterval(next);
  if (read === null) return next;
  const [one, many] = UNITS[read.unit].spoken;
  return `${read.isLess ? 'less than ' : ''}${read.amount} ${isOne(read.amount) ? one : many}`;
}

/** A button's name for those who hear it. */
export function answerLabel(ease: Ease, next: string | null): string {
  return next === null ? EASE_WORDS[ease] : `${EASE_WORDS[ease]}, next in ${spokenInterval(next)}`;
}

/** The last part of a deck's full name. */
export function deckLeaf(name: string): string {
  return name.split('::').at(-1) ?? name;
}

const QUEUE_WORDS: Readonly<Record<Queue, string>> = { new: 'new', learning: 'learning', review: 'to review' };

/** The counts for those who cannot see their colours; `current` is the queue of the card on the screen. */
export function countsSentence(counts: Counts, current: Queue | null): string {
  const list = `${counts.new} new, ${counts.learning} learning, ${counts.review} to review`;
  return current === null ? list : `${list}. This card: ${QUEUE_WORDS[current]}`;
}

/** Time that passed, as on a stop watch: `2:14`, `1:02:14`. */
export function stopwatchText(ms: DurationMs): string {
  const seconds = Math.floor(Math.max(0, ms) / 1_000);
  const two = (n: number) => String(n).padStart(2, '0');
  const [hours, minutes] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

/** One thing or several: `1 grade`, `2 grades`. */
export function some(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

/**
 * Where one is: the card on the screen, of all that are known to be left. Counts tell of more than the phone holds; without them
 * only the phone's own cards have an end.
 */
export function placeText(
  done: number,
  left: number,
  { counts, source }: Pick<ReviewSession, 'counts' | 'source'>,
): string {
  if (counts === null && source !== 'offline') return `Card ${done + 1}`;
  const known = counts === null ? 0 : counts.new + counts.learning + counts.review;
  return `${done + 1} of ${done + Math.max(left, known, 1)}`;
}
