import type { PhoneSample } from './phone-sample.ts';
import { type DurationMs, type EpochMs, SECOND } from './time.ts';

/** A stretch in which one phone asked and had no answer. */
export type PhoneOutage = {
  /** The beginning of its first failed request. */
  readonly from: EpochMs;
  /** The end of its last failed request. */
  readonly to: EpochMs;
  /** Its last request failed, just now. */
  readonly isLasting: boolean;
  readonly failures: number;
  /** How many of them something answered in Lifeline's place. */
  readonly misanswered: number;
};

/** A phone that fails asks again within ten seconds: a longer silence means that the app was not open. */
export const WATCHED_MS: DurationMs = 30 * SECOND;
/** One lost request is no outage, unless it took so long by itself. */
const LEAST_FAILURES = 2;
const LEAST_MS: DurationMs = 10 * SECOND;

type Run = { readonly first: PhoneSample; last: PhoneSample; failures: number; misanswered: number; isOver: boolean };

const endOf = ({ at, ms }: PhoneSample): EpochMs => at + ms;

/**
 * The outages that one phone's samples (in order of time) tell of, oldest first. Failures belong together when no answer lies
 * between them and the app was open: time in which it was not is no data. Of the answers only those next to a failure count.
 */
export function phoneOutagesOf(samples: readonly PhoneSample[], now: EpochMs): readonly PhoneOutage[] {
  const runs: Run[] = [];
  for (const sample of samples) {
    const last = runs.at(-1);
    if (sample.outcome === 'answered') {
      if (last !== undefined) last.isOver = true;
      continue;
    }
    const misanswered = sample.outcome === 'not-running' ? 1 : 0;
    if (last === undefined || last.isOver || sample.at - endOf(last.last) > WATCHED_MS) {
      runs.push({ first: sample, last: sample, failures: 1, misanswered, isOver: false });
    } else {
      last.last = sample;
      last.failures += 1;
      last.misanswered += misanswered;
    }
  }
  return runs.map((run) => outageOf(run, now)).filter(isOutage);
}

const outageOf = ({ first, last, failures, misanswered, isOver }: Run, now: EpochMs): PhoneOutage => ({
  from: first.at,
  to: endOf(last),
  isLasting: !isOver && now - endOf(last) <= WATCHED_MS,
  failures,
  misanswered,
});

const isOutage = ({ from, to, failures }: PhoneOutage): boolean => failures >= LEAST_FAILURES || to - from >= LEAST_MS;
