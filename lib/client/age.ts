import { type DurationMs, type EpochMs, SECOND } from '#lib/domain/time.ts';
import { clockText } from './clock-text.ts';
import { durationText } from './duration-text.ts';
import type { Trouble } from './feed.ts';
import type { Freshness } from './glance.ts';
import type { Times } from './kept/answers.ts';
import { matterText } from './trouble.ts';

/** Longer than an answer is on its way, so that what is asked for in time is never called old. */
const ON_ITS_WAY_MS = 15 * SECOND;
/** A failure that the next try mends is no news. */
const NEWS_MS = 3 * SECOND;

/** How old what is shown is, in one of three states, and in words. */
export type Age = { readonly state: Freshness; readonly text: string };

type Seen = {
  readonly times: Times;
  readonly trouble: Trouble | null;
  /** How often it is asked for. */
  readonly everyMs: DurationMs;
};

/**
 * Tells the age at `now` of the phone's clock: "Live · 8 s ago", "12 min ago" or "Mac unreachable since 14:02, showing 13:58".
 * Of the phone's clock only differences are used; where it was set back, how old it is cannot be known, and the moment is told.
 */
export function tellAge({ times, trouble, everyMs }: Seen, now: EpochMs): Age {
  const { measuredAt, servedAt, receivedAt } = times;
  const macNow = servedAt + Math.max(0, now - receivedAt);
  const ageMs = macNow - measuredAt;
  const isSetBack = now < receivedAt - SECOND;
  const isYoung = ageMs <= everyMs + ON_ITS_WAY_MS && !isSetBack;
  const isLasting = trouble !== null && (!isYoung || now - trouble.since >= NEWS_MS);
  if (isLasting)
    return { state: 'unreachable', text: `${matterText(trouble, now)}, showing ${clockText(measuredAt, macNow)}` };
  const ago = isSetBack ? `from ${clockText(measuredAt, macNow)}` : `${durationText(ageMs)} ago`;
  return isYoung ? { state: 'live', text: `Live · ${ago}` } : { state: 'stale', text: ago };
}
