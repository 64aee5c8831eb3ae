import type { Cause, GapReason } from './cause.ts';
import { DAY, type DurationMs, type EpochMs, MINUTE } from './time.ts';
import type { Span } from './timeline.ts';

/** One chapter of an incident: a cause it went through, or a gap in which nobody looked. */
export type Chapter = { readonly at: EpochMs; readonly to: EpochMs | null } & (
  | { readonly cause: Cause }
  | { readonly gap: GapReason }
);

/** An unbroken stretch of not-ready. Its id is the moment it started, so it can be found again. */
export type Incident = {
  readonly id: string;
  readonly startedAt: EpochMs;
  /** When the confirming probes had agreed. */
  readonly confirmedAt: EpochMs;
  /** Null while it lasts. */
  readonly endedAt: EpochMs | null;
  /** True when it was over after a gap: the end is then the last moment it was seen. */
  readonly endUnseen: boolean;
  /** The worst level it reached. */
  readonly level: 'degraded' | 'down';
  /** The cause that lasted longest. */
  readonly cause: Cause;
  readonly chapters: readonly Chapter[];
};

/** Silence up to this long is the time between two rounds (at most a minute, and a probe's patience); longer is a gap. */
export const SILENT_AFTER_MS = 2 * MINUTE;
/** A gap at the end of the history that is longer than this means that it stops there for good. */
export const STOPPED_AFTER_MS = DAY;

/** What is known of the end of the history: until when it was measured, and what time it is. */
export type HistoryEnd = { readonly measuredUntil: EpochMs; readonly now: EpochMs };

type Gap = Extract<Span, { level: 'no-data' }>;
type Trouble = Exclude<Span, Gap> & { readonly level: Incident['level'] };
/** A stretch of not-ready as it was lived through. */
type Run = { readonly first: Trouble; readonly spans: (Trouble | Gap)[]; endedAt: EpochMs | null };

/**
 * The incidents these spans (in any order) tell of, newest first. The newest span ends at `measuredUntil`; after two minutes
 * of silence a gap follows it.
 *
 * A gap does not end an incident that still lasts after it: it becomes a chapter. When the server is ready after the gap, the
 * incident ended, unseen, where the gap began. While the newest span is a gap nobody knows yet, and a Mac that wakes from a
 * night's sleep takes some seconds to find out, so the incident stays open until the gap has lasted a day.
 */
export function incidentsOf(spans: readonly Span[], end: HistoryEnd): readonly Incident[] {
  const { now } = end;
  const runs = runsOf(withSilence(spans, end));
  const last = runs.at(-1);
  if (last?.endedAt === null && now - gapAtEnd(last.spans) > STOPPED_AFTER_MS) last.endedAt = now;
  return runs.map((run) => incidentOf(run, now)).reverse();
}

/** These spans (in any order), oldest first, with the gap that a long silence at their end is. */
export function withSilence(spans: readonly Span[], { measuredUntil, now }: HistoryEnd): readonly Span[] {
  const ordered = [...spans].sort((a, b) => a.at - b.at);
  const newest = ordered.at(-1);
  if (newest === undefined || isGap(newest) || now - measuredUntil <= SILENT_AFTER_MS) return ordered;
  return [...ordered, { at: Math.max(measuredUntil, newest.at), level: 'no-data', gap: 'stopped' }];
}

/** From first failure to recovery, over those whose recovery was seen; null when none was. */
export function meanTimeToRecover(incidents: readonly Incident[]): DurationMs | null {
  const took = incidents.flatMap(({ startedAt, endedAt, endUnseen }) =>
    endedAt === null || endUnseen ? [] : [endedAt - startedAt],
  );
  return took.length === 0 ? null : took.reduce((sum, ms) => sum + ms, 0) / took.length;
}

/** The cause that most of these incidents (newest first) are named after, the most recent of equals; null without incidents. */
export function commonestCause(
  incidents: readonly Incident[],
): { readonly cause: Cause; readonly incidents: number } | null {
  const counts = Map.groupBy(incidents, ({ cause }) => cause);
  const [most] = [...counts].sort(([, a], [, b]) => b.length - a.length);
  return most === undefined ? null : { cause: most[0], incidents: most[1].length };
}

/** Oldest first, gaps inside and at the end included; `endedAt` is where the server was seen ready again. */
function runsOf(spans: readonly Span[]): Run[] {
  const runs: Run[] = [];
  for (const span of spans) {
    const open = runs.findLast(({ endedAt }) => endedAt === null);
    if (isTrouble(span) && !open) runs.push({ first: span, spans: [span], endedAt: null });
    else if (isTrouble(span) || isGap(span)) open?.spans.push(span);
    else if (open) open.endedAt = span.at;
  }
  return runs;
}

function incidentOf({ first, spans, endedAt }: Run, now: EpochMs): Incident {
  const endUnseen = endedAt !== null && gapAtEnd(spans) < endedAt;
  const end = endUnseen ? gapAtEnd(spans) : endedAt;
  const lived = endUnseen ? spans.filter(({ at }) => at < gapAtEnd(spans)) : spans;
  return {
    id: String(first.at),
    startedAt: first.at,
    confirmedAt: first.confirmedAt,
    endedAt: end,
    endUnseen,
    level: lived.some(({ level }) => level === 'down') ? 'down' : 'degraded',
    cause: longestCause(lived, end ?? now) ?? first.cause,
    chapters: lived.map((span, place) => chapterOf(span, lived[place + 1]?.at ?? end)),
  };
}

const isGap = (span: Span): span is Gap => span.level === 'no-data';
const isTrouble = (span: Span): span is Trouble => span.level === 'degraded' || span.level === 'down';

/** Where the gaps at the end of a run begin; in the endless future when it ends with none. */
const gapAtEnd = (spans: readonly Span[]): EpochMs =>
  spans[spans.findLastIndex((span) => !isGap(span)) + 1]?.at ?? Number.POSITIVE_INFINITY;

const chapterOf = (span: Trouble | Gap, to: EpochMs | null): Chapter =>
  isGap(span) ? { at: span.at, to, gap: span.gap } : { at: span.at, to, cause: span.cause };

function longestCause(spans: readonly (Trouble | Gap)[], end: EpochMs): Cause | undefined {
  const lasted = new Map<Cause, number>();
  for (const [place, span] of spans.entries()) {
    if (isGap(span)) continue;
    const length = (spans[place + 1]?.at ?? end) - span.at;
    lasted.set(span.cause, (lasted.get(span.cause) ?? 0) + length);
  }
  return [...lasted].sort((a, b) => b[1] - a[1])[0]?.[0];
}
