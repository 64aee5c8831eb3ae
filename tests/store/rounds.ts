import type { Cause, GapReason } from '#lib/domain/cause.ts';
import { levelOf } from '#lib/domain/level.ts';
import type { Measurement, RoundRecord } from '#lib/domain/measurement.ts';
import type { ProbeResult, Target, TargetKind } from '#lib/domain/probe.ts';
import type { EpochMs } from '#lib/domain/time.ts';
import type { Span } from '#lib/domain/timeline.ts';

/** A day's beginning, so that minutes, hours and days start where tests say they do. */
export const MIDNIGHT = Date.UTC(2026, 2, 14);

const URL_OF = 'http://macbook.tail1234.ts.net:8000/health';
const WELL = { server: 'ok', ankiAddon: 'ok', ankiConnect: 'ok', ankiRunning: 'ok' };

type Seen = { readonly cause?: Cause; readonly totalMs?: number; readonly late?: boolean; readonly kind?: TargetKind };

const targetOf = (kind: TargetKind): Target =>
  kind === 'name' ? { kind, url: URL_OF } : { kind, url: URL_OF, address: '100.64.0.7' };

/** One probe that started then. A cause of level `down` makes it a refused one. */
export function measured(
  startedAt: EpochMs,
  { cause = 'healthy', totalMs = 20, late = false, kind = 'name' }: Seen = {},
): Measurement {
  const common = { target: targetOf(kind), startedAt, address: '100.64.0.7', totalMs };
  const result: ProbeResult =
    levelOf(cause) === 'down'
      ? {
          ...common,
          outcome: 'failed',
          failedIn: 'tcp',
          reason: 'refused',
          code: 'ECONNREFUSED',
          timings: { tcp: totalMs },
        }
      : {
          ...common,
          outcome: 'answered',
          status: 200,
          health: WELL,
          timings: { tcp: totalMs / 4, firstByte: totalMs / 2 },
        };
  return { result, cause, late };
}

export function state(at: EpochMs, cause: Cause): Span {
  const level = levelOf(cause);
  return level === 'no-data' ? gap(at, 'stopped') : { at, level, cause, confirmedAt: at + 2_000 };
}

export const gap = (at: EpochMs, reason: GapReason): Span => ({ at, level: 'no-data', gap: reason });

/** A round of one probe, with the state that begins with it if any. */
export const round = (startedAt: EpochMs, seen: Seen & { readonly begins?: boolean } = {}): RoundRecord => ({
  measurements: [measured(startedAt, seen)],
  spans: seen.begins ? [state(startedAt, seen.cause ?? 'healthy')] : [],
});
