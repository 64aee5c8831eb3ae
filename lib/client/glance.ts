import type { Status } from '#lib/contract/status.ts';
import type { DurationMs, EpochMs } from '#lib/domain/time.ts';
import { clockText } from './clock-text.ts';
import { durationText } from './duration-text.ts';

/** A status and the moment, by the phone's clock, at which it arrived. */
export type Picture = { readonly status: Status; readonly receivedAt: EpochMs };

/** live: what is shown is so. stale: it was so, too long ago to be sure. unreachable: and asking again failed. */
export type Freshness = 'live' | 'stale' | 'unreachable';

/** The few lines that are read from arm's length. */
export type Glance = {
  readonly level: Status['level'];
  readonly freshness: Freshness;
  readonly word: string;
  readonly headline: string;
  readonly since: string;
  readonly checked: string;
};

/** How to say a duration and a moment; handed in, because the first-paint script cannot import. */
type Say = { readonly duration: (ms: DurationMs) => string; readonly clock: (at: EpochMs, now: EpochMs) => string };

/** The Mac's clock at `now` of the phone's: only the phone's differences are used, so a wrong phone clock does not lie. */
export const serverNow = ({ status, receivedAt }: Picture, now: EpochMs): EpochMs =>
  status.servedAt + Math.max(0, now - receivedAt);

/**
 * The glance at a picture when the phone's clock shows `now`. Speaks in the past ("Was ready") once the newest check is older
 * than 15 s or three rounds. Refers to nothing outside itself, because the first-paint script carries its source.
 */
export function tellGlance({ status, receivedAt }: Picture, now: EpochMs, say: Say): Glance {
  const { level, since, checkedAt, pending, diagnosis } = status;
  const macNow = status.servedAt + Math.max(0, now - receivedAt);
  const age = macNow - (checkedAt ?? status.servedAt);
  // The phone's clock was set back: how long ago it was cannot be known.
  const setBack = now < receivedAt - 1_000;
  const live = age <= Math.max(15_000, 3 * status.monitor.intervalMs) && status.monitor.state === 'ok' && !setBack;
  const words = { ready: 'Ready', degraded: 'Degraded', down: 'Down', 'no-data': 'No data' };
  const seen = { ready: 'an answer', degraded: 'a faulty answer', down: 'no answer', 'no-data': 'nothing measured' };
  const lasting = () => {
    if (since === null) return 'Lifeline has just started.';
    const at = say.clock(since, macNow);
    if (!live && level !== 'no-data') return `Began ${at}.`;
    if (level === 'ready') return `For ${say.duration(macNow - since)}, since ${at}.`;
    if (level === 'no-data') return `Nothing measured since ${at}.`;
    return `Since ${at}, ${say.duration(macNow - since)} ago.`;
  };
  const checking = () => {
    if (checkedAt === null) return 'The first check is on its way.';
    if (setBack) return `Checked ${say.clock(checkedAt, macNow)}.`;
    if (live && pending !== null) return `Just now: ${seen[pending.level]}. Checking again…`;
    return age < 1_000 ? 'Checked just now.' : `Checked ${say.duration(age)} ago.`;
  };
  return {
    level,
    freshness: live ? 'live' : 'stale',
    word: live || level === 'no-data' ? words[level] : `Was ${words[level].toLowerCase()}`,
    headline: diagnosis.headline,
    since: lasting(),
    checked: checking(),
  };
}

/** The same for React, which can import. */
export const glanceOf = (picture: Picture, now: EpochMs): Glance =>
  tellGlance(picture, now, { duration: durationText, clock: clockText });
