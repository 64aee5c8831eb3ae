import type { Fact, Past } from '#lib/domain/facts.ts';
import type { ProbeResult } from '#lib/domain/probe.ts';
import type { EpochMs } from '#lib/domain/time.ts';
import type { Span } from '#lib/domain/timeline.ts';

/** What the history says of the server when Lifeline starts. */
export type Earlier = { readonly lastUpAt: EpochMs | null; readonly lastSleep: Past['lastSleep'] | null };

export const NOTHING_EARLIER: Earlier = { lastUpAt: null, lastSleep: null };

/** By the newest spans, newest first, of which the newest lasted until `measuredUntil`. */
export function earlierFrom(spans: readonly Span[], measuredUntil: EpochMs): Earlier {
  const endOf = (place: number): EpochMs => spans[place - 1]?.at ?? Math.max(measuredUntil, spans[place]?.at ?? 0);
  const up = spans.findIndex(({ level }) => level === 'ready' || level === 'degraded');
  const asleep = spans.findIndex((span) => span.level === 'no-data' && span.gap === 'asleep');
  const sleep = spans[asleep];
  return {
    lastUpAt: up < 0 ? null : endOf(up),
    lastSleep: sleep === undefined ? null : { from: sleep.at, to: endOf(asleep) },
  };
}

/** Remembers when the server was last up and since when we look. */
export type PastWatch = {
  readonly see: (name: ProbeResult) => void;
  /** Looking went on at this moment, after a gap; `sleptFrom` is set when the machine slept. */
  readonly resume: (at: EpochMs, sleptFrom: EpochMs | null) => void;
  /** The machine's own log tells more exactly when it slept. */
  readonly slept: (sleep: NonNullable<Past['lastSleep']>) => void;
  readonly fact: (at: EpochMs) => Fact<Past>;
};

export function watchPast(earlier: Earlier, startedAt: EpochMs): PastWatch {
  let { lastUpAt, lastSleep } = earlier;
  let firstFailedAt: EpochMs | null = null;
  let watchedSince = startedAt;
  return {
    see: ({ outcome, startedAt: at, totalMs }) => {
      if (outcome === 'failed') {
        // A probe that hung may end after a later one was answered.
        firstFailedAt ??= Math.max(at, lastUpAt ?? at);
        return;
      }
      lastUpAt = Math.max(lastUpAt ?? 0, Math.round(at + totalMs));
      firstFailedAt = null;
    },
    resume: (at, sleptFrom) => {
      watchedSince = at;
      firstFailedAt = null;
      if (sleptFrom !== null) lastSleep = { from: sleptFrom, to: at };
    },
    slept: (sleep) => {
      lastSleep = sleep;
    },
    fact: (at) => ({
      value: { lastUpAt, firstFailedAt, watchedSince, ...(lastSleep ? { lastSleep } : {}) },
      at,
    }),
  };
}
