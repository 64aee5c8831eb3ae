import type { Durations } from './bucket.ts';
import type { EpochMs } from './time.ts';
import type { Span, Stretch } from './timeline.ts';

type Interval = { readonly from: EpochMs; readonly to: EpochMs };

/**
 * The states of an interval, oldest first, without holes: their lengths sum to `to - from`. The spans come in any order;
 * those that begin before `from` count from there. What none covers, before the first and after the newest, is a gap
 * (`stopped`). The newest lasts until `measuredUntil`, unless it is a gap itself: that one goes on.
 */
export function stretchesOf(
  spans: readonly Span[],
  { from, to }: Interval,
  measuredUntil: EpochMs,
): readonly Stretch[] {
  const ordered = [...spans].sort((a, b) => a.at - b.at);
  const stretches: Stretch[] = [];
  const push = (span: Span, end: EpochMs) => {
    const at = Math.max(span.at, from);
    const until = Math.min(end, to);
    if (until > at) stretches.push({ ...span, at, to: until });
  };
  push(stoppedAt(from), ordered[0]?.at ?? to);
  for (const [place, span] of ordered.entries()) {
    const next = ordered[place + 1];
    push(span, next?.at ?? (span.level === 'no-data' ? to : Math.max(measuredUntil, span.at)));
  }
  const newest = ordered.at(-1);
  if (newest && newest.level !== 'no-data') push(stoppedAt(Math.max(measuredUntil, newest.at)), to);
  return stretches;
}

/** How long each level lasted in these stretches. */
export function durationsOf(stretches: readonly Stretch[]): Durations {
  const lasted = { ready: 0, degraded: 0, down: 0, 'no-data': 0 };
  for (const { level, at, to } of stretches) lasted[level] += to - at;
  return { readyMs: lasted.ready, degradedMs: lasted.degraded, downMs: lasted.down, gapMs: lasted['no-data'] };
}

const stoppedAt = (at: EpochMs): Span => ({ at, level: 'no-data', gap: 'stopped' });
