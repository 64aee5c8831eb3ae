import { type DurationMs, SECOND } from '#lib/domain/time.ts';
import type { CallLimits } from './anki-connect.ts';

/** After this, what has come is the hand. */
const SOON_MS = 3 * SECOND;
/** For there to be anything: an Anki whose window sleeps answers each call, but late. */
const WHOLE_MS = 8 * SECOND;
/** For one call: what is silent for so long does not just answer late. */
const CALL_MS = 4 * SECOND;
/** For the first call: with another gateway after it, that must not be the whole time. */
const FIRST_MS = 2.5 * SECOND;
/** What a hand can do without may take so long. */
const EXTRAS_MS = 2 * SECOND;
/** The least that any call is given, so that a late one still has a chance. */
const LEAST_MS = 200;
/** As long as most collections are, with ids of 13 digits. */
const LIMIT_BYTES = 16_777_216;

/** How long the calls for one hand may take. */
export type HandPatience = {
  /** For the first call; for one that there is no hand without; for more cards; for what cards can do without. */
  readonly limits: (of: 'first' | 'needed' | 'more' | 'extras') => CallLimits;
  /** Whether to stop, with cards when another call that takes as long would end too late, and without when time is up. */
  readonly isOver: (hasCards: boolean, lastTookMs: DurationMs) => boolean;
};

/** Patience for a hand that is asked for now: 3 s, 8 s where there would be no card. */
export function startPatience(now: () => DurationMs): HandPatience {
  const startedAt = now();
  const leftOf = (ms: DurationMs): DurationMs => ms - (now() - startedAt);
  const patience = {
    first: () => FIRST_MS,
    needed: () => Math.min(CALL_MS, leftOf(WHOLE_MS)),
    more: () => leftOf(SOON_MS),
    extras: () => Math.min(EXTRAS_MS, leftOf(WHOLE_MS)),
  };
  return {
    limits: (of) => ({ patienceMs: Math.max(LEAST_MS, patience[of]()), limitBytes: LIMIT_BYTES }),
    isOver: (hasCards, lastTookMs) => (hasCards ? leftOf(SOON_MS) < lastTookMs : leftOf(WHOLE_MS) <= 0),
  };
}
