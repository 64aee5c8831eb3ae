import type { IncidentSummary, IncidentView } from '#lib/contract/history.ts';
import { CAUSE_WORDS, GAP_WORDS } from '#lib/domain/cause-words.ts';
import { type Incident, incidentsOf } from '#lib/domain/incident.ts';
import type { EpochMs } from '#lib/domain/time.ts';
import type { HistoryStore } from '#lib/store/history-store.ts';

/** A day of a server that changes its state every ten seconds; usually there are a few a day. */
export const MOST_SPANS = 10_000;
/** How many incidents an answer tells. */
export const MOST_INCIDENTS = 100;

type Asked = { readonly from: EpochMs; readonly to: EpochMs; readonly measuredUntil: EpochMs };

/** The incidents that touch an interval, newest first, without what was noted in them. */
export async function incidentsIn(
  store: HistoryStore,
  { from, to, measuredUntil }: Asked,
): Promise<readonly Incident[]> {
  const spans = await store.spansFor({ from, to }, MOST_SPANS);
  return touching(from, incidentsOf(spans, { measuredUntil, now: to }));
}

/** Those of these incidents that had not ended before `from`. */
export const touching = (from: EpochMs, incidents: readonly Incident[]): readonly Incident[] =>
  incidents.filter(({ endedAt }) => endedAt === null || endedAt >= from);

/** The incidents that touch an interval as their pages tell them, newest first, at most a hundred. */
export async function incidentStories(store: HistoryStore, asked: Asked): Promise<IncidentView[]> {
  const incidents = (await incidentsIn(store, asked)).slice(0, MOST_INCIDENTS);
  return incidents.map((incident) => ({ ...summaryOf(incident), notes: [] }));
}

/** An incident as lists tell it. */
export function summaryOf({ chapters, ...incident }: Incident): IncidentSummary {
  return {
    ...incident,
    ...CAUSE_WORDS[incident.cause],
    chapters: chapters.map((chapter) => ({
      at: chapter.at,
      to: chapter.to,
      cause: 'cause' in chapter ? chapter.cause : null,
      gap: 'gap' in chapter ? chapter.gap : null,
      headline: 'cause' in chapter ? CAUSE_WORDS[chapter.cause].headline : `Not measured: ${GAP_WORDS[chapter.gap]}.`,
    })),
  };
}
