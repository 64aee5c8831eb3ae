import type { GapReason } from './cause.ts';
import { type HistoryEnd, withSilence } from './incident.ts';
import { type DurationMs, type EpochMs, MINUTE } from './time.ts';
import type { Span } from './timeline.ts';

/** A stretch in which nothing was measured; `to` is null while it lasts. */
export type Absence = { readonly from: EpochMs; readonly to: EpochMs | null; readonly gap: GapReason };

/** A shorter one is no news: a Mac that was busy for a moment, a restart of Lifeline. */
const WORTH_TELLING_MS = MINUTE;

/** A Mac wakes for some seconds every hour of its sleep, to look for mail: that is not the end of the night. */
const DARK_WAKE_MS = 2 * MINUTE;

/**
 * The stretches of a minute and longer in which nothing was measured, as these spans (in any order) tell, newest first:
 * those that last beyond `from`, whole.
 */
export function absencesOf(
  spans: readonly Span[],
  { from, ...end }: HistoryEnd & { readonly from: EpochMs },
): readonly Absence[] {
  const absences: Absence[] = [];
  const ordered = withSilence(spans, end);
  for (const [place, span] of ordered.entries()) {
    if (span.level !== 'no-data') continue;
    const to = ordered[place + 1]?.at ?? null;
    const last = absences.at(-1);
    if (last && goesOn(last, span)) absences.splice(-1, 1, { ...last, to });
    else absences.push({ from: span.at, to, gap: span.gap });
  }
  const lasted = (absence: Absence): DurationMs => (absence.to ?? end.now) - absence.from;
  return absences.filter((absence) => lasted(absence) >= WORTH_TELLING_MS && (absence.to ?? end.now) > from).reverse();
}

/** Whether a gap goes on with the one before it. */
function goesOn({ to, gap }: Absence, next: { readonly at: EpochMs; readonly gap: GapReason }): boolean {
  if (to === null || gap !== next.gap) return false;
  return next.at - to <= (gap === 'asleep' ? DARK_WAKE_MS : 0);
}
