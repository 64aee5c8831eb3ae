import type { Measurement, RoundRecord } from '#lib/domain/measurement.ts';
import { type EpochMs, MINUTE } from '#lib/domain/time.ts';
import type { Span } from '#lib/domain/timeline.ts';
import { StorageError } from '#lib/store/storage-error.ts';
import type { Log } from './effects.ts';

/** Where the recorder writes. Rejects with a StorageError while the disk refuses; any other error is a bug of ours. */
export type Disk = {
  readonly record: (round: RoundRecord) => Promise<void>;
  readonly rollUp: (settledUntil: EpochMs) => Promise<void>;
  readonly forget: (now: EpochMs) => Promise<void>;
};

const FORGET_EVERY_MS = 10 * MINUTE;
/** How many rounds wait in memory while the disk refuses: an hour at the usual interval. The oldest probes go first. */
const MOST_WAITING = 720;

/** Keeps rounds in order, one at a time. A disk that refuses is told once, tried again each round, and loses nothing soon. */
export type Recorder = {
  readonly keep: (round: RoundRecord) => Promise<void>;
  /** Rolls up to the moment given and, now and then, forgets what is past its retention at `forgetAt` (null: nothing). */
  readonly tidy: (settledUntil: EpochMs, forgetAt: EpochMs | null) => Promise<void>;
  /** Why nothing is being kept at present; null when all is well. */
  readonly problem: () => string | null;
};

export function createRecorder(disk: Disk, log: Log): Recorder {
  const waiting: RoundRecord[] = [];
  let problem: string | null = null;
  let last: Promise<void> = Promise.resolve();
  let forgotAt = 0;

  const attempt = async (work: () => Promise<void>): Promise<boolean> => {
    try {
      await work();
      if (problem !== null) log.info({}, 'history is being kept again');
      problem = null;
      return true;
    } catch (error) {
      if (!(error instanceof StorageError)) {
        // Tried again it would fail again, and hold up all that comes after it.
        log.error({ err: error }, 'a round could not be kept by a fault of our own');
        return true;
      }
      if (problem !== error.message) log.error({ err: error }, `history is not being kept: ${error.message}`);
      problem = error.message;
      return false;
    }
  };
  const flush = async (): Promise<void> => {
    for (let round = waiting.shift(); round !== undefined; round = waiting.shift()) {
      const writing = round;
      if (await attempt(() => disk.record(writing))) continue;
      waiting.unshift(writing);
      return;
    }
  };
  const inTurn = (work: () => Promise<void>): Promise<void> => {
    last = last.then(work);
    return last;
  };

  return {
    keep: (round) => {
      waiting.push(round);
      if (waiting.length > MOST_WAITING) dropOldestProbes(waiting);
      return inTurn(flush);
    },
    tidy: (settledUntil, forgetAt) =>
      inTurn(async () => {
        if (waiting.length > 0 || !(await attempt(() => disk.rollUp(settledUntil)))) return;
        if (forgetAt === null || Math.abs(forgetAt - forgotAt) < FORGET_EVERY_MS) return;
        forgotAt = forgetAt;
        await attempt(() => disk.forget(forgetAt));
      }),
    problem: () => problem,
  };
}

/** Spans and notes are few and tell the story: they stay, and only the oldest probes go. */
function dropOldestProbes(waiting: RoundRecord[]): void {
  const [first, second, ...rest] = waiting;
  if (first === undefined || second === undefined) return;
  const spans: readonly Span[] = [...first.spans, ...second.spans];
  const measurements: readonly Measurement[] = second.measurements;
  const notes = [...(first.notes ?? []), ...(second.notes ?? [])];
  waiting.splice(0, waiting.length, { measurements, spans, notes }, ...rest);
}
