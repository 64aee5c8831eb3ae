import type { IncidentSummary, IncidentView } from '#lib/contract/history.ts';
import { CAUSE_WORDS, GAP_WORDS } from '#lib/domain/cause-words.ts';
import { type HistoryEnd, type Incident, incidentsOf } from '#lib/domain/incident.ts';
import type { Note } from '#lib/domain/note.ts';
import { type EpochMs, MINUTE } from '#lib/domain/time.ts';
import type { HistoryStore } from '#lib/store/history-store.ts';

/** A day of a server that changes its state every ten seconds; usually there are a few a day. */
export const MOST_SPANS = 10_000;
/** How many incidents an answer tells. */
export const MOST_INCIDENTS = 100;
/** What is noted so long after an incident still belongs to it: a run of the start command is judged by the probes after it. */
const AFTERMATH_MS = MINUTE;

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
  const oldest = incidents.at(-1);
  if (oldest === undefined) return [];
  const notes = await store.notes({ from: oldest.startedAt, to: asked.to });
  return incidents.map((incident, place) => storyOf(incident, notes, incidents[place - 1]));
}

/** The incident of this id, however many came after it; null when none is kept. */
export async function incidentStory(
  store: HistoryStore,
  id: string,
  { measuredUntil, now }: HistoryEnd,
): Promise<IncidentView | null> {
  const startedAt = Number(id);
  const incidents = await incidentsIn(store, { from: startedAt, to: now, measuredUntil });
  const place = incidents.findIndex((one) => one.id === id);
  const incident = incidents[place];
  if (incident === undefined) return null;
  const notes = await store.notes({ from: startedAt, to: (incident.endedAt ?? now) + AFTERMATH_MS });
  return storyOf(incident, notes, incidents[place - 1]);
}

/** What was noted from its first failure to a minute after its end belongs to an incident, unless the next one had begun. */
function storyOf(incident: Incident, notes: readonly Note[], next: Incident | undefined): IncidentView {
  const until = Math.min((incident.endedAt ?? Infinity) + AFTERMATH_MS, next?.startedAt ?? Infinity);
  const own = notes.filter(({ at }) => at >= incident.startedAt && at < until);
  return { ...summaryOf(incident), notes: own.map(viewOf) };
}

const viewOf = (note: Note): IncidentView['notes'][number] =>
  note.kind === 'diagnosis' ? { ...note, evidence: [...note.evidence] } : note;

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
