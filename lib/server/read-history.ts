import type { BucketView, History } from '#lib/contract/history.ts';
import { absencesOf } from '#lib/domain/absence.ts';
import type { Bucket } from '#lib/domain/bucket.ts';
import { GAP_REASONS, type GapReason } from '#lib/domain/cause.ts';
import { CAUSE_WORDS } from '#lib/domain/cause-words.ts';
import { commonestCause, type HistoryEnd, incidentsOf, meanTimeToRecover } from '#lib/domain/incident.ts';
import { maxOf, mergeSketches, quantile } from '#lib/domain/latency-sketch.ts';
import { PHASES } from '#lib/domain/probe.ts';
import { stretchesOf } from '#lib/domain/spans.ts';
import type { DurationMs, EpochMs } from '#lib/domain/time.ts';
import type { Span, Stretch } from '#lib/domain/timeline.ts';
import { sumDurations, uptimeOf } from '#lib/domain/uptime.ts';
import { intervalOf, type Window } from '#lib/domain/window.ts';
import type { HistoryStore } from '#lib/store/history-store.ts';
import { MOST_INCIDENTS, MOST_SPANS, summaryOf, touching } from './read-incidents.ts';

type Source = { readonly store: HistoryStore; readonly measuredUntil: EpochMs; readonly now: EpochMs };

/** One window as the charts show it. Throws a StorageError when the disk refuses. */
export async function readHistory({ store, measuredUntil, now }: Source, window: Window): Promise<History> {
  const { from, to, bucketMs } = intervalOf(window, now);
  const interval = { from, to };
  const [buckets, spans] = await Promise.all([
    store.buckets(interval, { bucketMs, measuredUntil }),
    store.spansFor(interval, MOST_SPANS),
  ]);
  // To read the same spans twice took a tenth of the answer to a year; only where they are too many are these not all.
  const isWhole = spans.length < MOST_SPANS;
  const stretches = isWhole
    ? stretchesOf(spans, interval, Math.floor(measuredUntil))
    : await store.stretches(interval, measuredUntil);
  const latency = mergeSketches(buckets.map((bucket) => bucket.latency));
  return {
    window,
    from,
    to,
    bucketMs,
    uptime: { window, ...uptimeOf(sumDurations(buckets)) },
    latency: { p50Ms: quantile(latency, 0.5), p95Ms: quantile(latency, 0.95) },
    buckets: buckets.map(viewOf),
    ...troubleOf(spans, { from, measuredUntil, now: to }),
    gaps: gapsOf(stretches),
    servedAt: to,
  };
}

type Trouble = Pick<History, 'incidents' | 'meanTimeToRecoverMs' | 'commonestCause' | 'absences'>;

/** What went wrong, and when nobody looked. The figures are over all incidents, also those past the hundred that are told. */
function troubleOf(spans: readonly Span[], asked: HistoryEnd & { readonly from: EpochMs }): Trouble {
  const incidents = touching(asked.from, incidentsOf(spans, asked));
  const commonest = commonestCause(incidents);
  return {
    incidents: incidents.slice(0, MOST_INCIDENTS).map(summaryOf),
    meanTimeToRecoverMs: meanTimeToRecover(incidents),
    commonestCause: commonest && { ...commonest, headline: CAUSE_WORDS[commonest.cause].headline },
    absences: absencesOf(spans, asked).slice(0, MOST_ABSENCES),
  };
}

const MOST_ABSENCES = 100;

/** Millionths of a second are enough, and make the answer half as long. */
const round = (ms: DurationMs): DurationMs => Math.round(ms * 1_000) / 1_000;

function viewOf({ at, readyMs, degradedMs, downMs, gapMs, count, latency, phases, causes }: Bucket): BucketView {
  const answered = latency.count > 0;
  const figure = (q: number): DurationMs => round(quantile(latency, q) ?? 0);
  const means = PHASES.flatMap((phase) => {
    const of = phases[phase];
    return of === undefined || of.count === 0 ? [] : [[phase, round(of.sumMs / of.count)] as const];
  });
  return {
    at,
    readyMs,
    degradedMs,
    downMs,
    gapMs,
    count,
    ...(answered && {
      p05Ms: figure(0.05),
      p50Ms: figure(0.5),
      p95Ms: figure(0.95),
      p99Ms: figure(0.99),
      maxMs: round(maxOf(latency) ?? 0),
      phasesMs: Object.fromEntries(means),
    }),
    causes: { ...causes },
  };
}

function gapsOf(stretches: readonly Stretch[]): History['gaps'] {
  const lengths = new Map<GapReason, DurationMs>();
  for (const stretch of stretches) {
    if (stretch.level !== 'no-data') continue;
    lengths.set(stretch.gap, (lengths.get(stretch.gap) ?? 0) + stretch.to - stretch.at);
  }
  return Object.fromEntries(
    GAP_REASONS.flatMap((reason) => (lengths.has(reason) ? [[reason, lengths.get(reason)]] : [])),
  );
}
