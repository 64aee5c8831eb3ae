import type { Cause, GapReason } from '#lib/domain/cause.ts';
import { levelOf } from '#lib/domain/level.ts';
import type { Measurement } from '#lib/domain/measurement.ts';
import type { Note } from '#lib/domain/note.ts';
import { DAY, type DurationMs, type EpochMs, MINUTE } from '#lib/domain/time.ts';
import type { Span } from '#lib/domain/timeline.ts';
import type { Effects } from './effects.ts';
import type { Recorder } from './recorder.ts';

/**
 * Writes down what was measured and which state began when, never before what is already told: where the clock was set
 * back, the moments that come a second time are not told twice.
 */
export type Chronicle = {
  /** A state began; returns when, as written. */
  readonly change: (cause: Cause, since: EpochMs) => EpochMs;
  /** Nothing was measured since the last moment told. */
  readonly gap: (reason: GapReason) => Promise<void>;
  /** Something an incident should remember. */
  readonly note: (note: Note) => void;
  readonly round: (measurements: readonly Measurement[]) => Promise<void>;
  /** Once a minute: rolls up what can no longer change. `openSince` is the oldest start of a probe that may still speak. */
  readonly tidy: (openSince: EpochMs | null) => Promise<void>;
  readonly clockSetBack: () => void;
  /** The last moment told. */
  readonly toldUntil: () => EpochMs;
  /** Set while the clock is behind what is told: the history goes on then. */
  readonly resumesAt: () => EpochMs | null;
  /** Why nothing is being kept; null when all is well. */
  readonly problem: () => string | null;
};

export type Beginning = { readonly span: Span | null; readonly measuredUntil: EpochMs | null };
type Parts = { readonly recorder: Recorder; readonly clock: Effects['clock'] };

export function createChronicle(beginning: Beginning, { recorder, clock }: Parts): Chronicle {
  let newest = beginning.span;
  let told = Math.max(beginning.measuredUntil ?? 0, newest?.at ?? 0);
  let from = told;
  let tidiedAt: DurationMs = clock.mono();
  let doubtedUntil: DurationMs = clock.mono();

  const write = (span: Span): Promise<void> => {
    newest = span;
    told = Math.max(told, span.level === 'no-data' ? span.at : span.confirmedAt);
    return recorder.keep({ measurements: [], spans: [span] });
  };

  return {
    change: (cause, since) => {
      const level = levelOf(cause);
      const at = Math.max(since, newest?.at ?? since, from);
      if (level !== 'no-data') void write({ at, level, cause, confirmedAt: Math.max(clock.now(), at) });
      return at;
    },
    gap: async (reason) => {
      if (reason === 'clock') doubtedUntil = clock.mono() + DAY;
      if (newest !== null && newest.level !== 'no-data') {
        await write({ at: Math.max(told, newest.at), level: 'no-data', gap: reason });
      }
    },
    note: (note) => {
      void recorder.keep({ measurements: [], spans: [], notes: [note] });
    },
    round: async (measurements) => {
      const fresh = measurements.filter(({ result }) => result.startedAt > from);
      if (fresh.length > 0) await recorder.keep({ measurements: fresh, spans: [] });
      for (const { result, late } of fresh) {
        if (result.target.kind === 'name' && !late)
          told = Math.max(told, Math.round(result.startedAt + result.totalMs));
      }
    },
    tidy: async (openSince) => {
      if (clock.mono() - tidiedAt < MINUTE) return;
      tidiedAt = clock.mono();
      // A clock that jumped ahead may be wrong, and what is forgotten for it would be lost.
      const forgetAt = clock.mono() < doubtedUntil ? null : clock.now();
      await recorder.tidy(Math.min(told, openSince ?? told), forgetAt);
    },
    clockSetBack: () => {
      from = told;
    },
    toldUntil: () => told,
    resumesAt: () => (clock.now() < from ? from : null),
    problem: recorder.problem,
  };
}
