import { setTimeout as pause } from 'node:timers/promises';
import { type DurationMs, MINUTE, SECOND } from '#lib/domain/time.ts';
import type { Told, Unknown } from '#lib/domain/told.ts';

/** A question to a slow tool, with its answers of late. It is asked once at a time for each key. */
type Remembered<T, Key extends [] | [string]> = {
  /** Waits for an answer that is fresh. Never rejects. */
  readonly ask: (...key: Key) => Promise<Told<T>>;
  /** The last answer, however old, while a fresh one is asked for; unknown where none came in a quarter of a second. Never rejects. */
  readonly glance: (...key: Key) => Promise<Told<T>>;
};

/** What was told is believed for a minute; that nothing was, or what may change any moment, for five seconds. */
const FRESH_MS = MINUTE;
const UNSETTLED_FRESH_MS = 5 * SECOND;
const MOST_ANSWERS = 256;
/** A tool that is well takes 10–60 ms, so the first glance knows already. */
const GLANCE_MS = 250;

const STILL_ASKED: Unknown = { why: 'silent', detail: 'it is still being asked' };

/**
 * Keeps the answers to a question that never rejects. `mono` is a monotonic clock; `isSettled` tells which answers will hold,
 * all unless told.
 */
export function remembered<T, Key extends [] | [string]>(
  question: (...key: Key) => Promise<Told<T>>,
  mono: () => DurationMs,
  isSettled: (told: T) => boolean = () => true,
): Remembered<T, Key> {
  const known = new Map<string, { readonly answer: Told<T>; readonly until: DurationMs }>();
  const underWay = new Map<string, Promise<Told<T>>>();

  const begin = async (key: Key): Promise<Told<T>> => {
    const askedAt = mono();
    const answer = await question(...key);
    // Anybody can make up addresses.
    if (known.size >= MOST_ANSWERS) known.clear();
    const holds = 'told' in answer && isSettled(answer.told);
    known.set(key.join(), { answer, until: askedAt + (holds ? FRESH_MS : UNSETTLED_FRESH_MS) });
    underWay.delete(key.join());
    return answer;
  };
  const ask = (...key: Key): Promise<Told<T>> => {
    const before = known.get(key.join());
    if (before !== undefined && mono() < before.until) return Promise.resolve(before.answer);
    const answer = underWay.get(key.join()) ?? begin(key);
    if (!underWay.has(key.join())) underWay.set(key.join(), answer);
    return answer;
  };
  const glance = async (...key: Key): Promise<Told<T>> => {
    const before = known.get(key.join());
    const fresh = ask(...key);
    return before?.answer ?? Promise.race([fresh, pause(GLANCE_MS, STILL_ASKED, { ref: false })]);
  };
  return { ask, glance };
}
