import type { IncidentView } from '#lib/contract/history.ts';
import { CAUSE_WORDS, GAP_WORDS } from '#lib/domain/cause-words.ts';
import { type Incident, incidentsOf } from '#lib/domain/incident.ts';
import type { EpochMs } from '#lib/domain/time.ts';
import type { HistoryStore } from '#lib/store/history-store.ts';

/** A day of a server that changes its state every ten seconds; usually there are a few a day. */
const MOST_SPANS = 10_000;
const MOST_INCIDENTS = 100;

type Asked = { readonly from: EpochMs; readonly to: EpochMs; readonly measuredUntil: EpochMs };

/** The incidents that touch an interval, newest first, at most a hundred. */
export async function incidentsIn(store: HistoryStore, { from, to, measuredUntil }: Asked): Promise<IncidentView[]> {
  const spans = await store.spansFor({ from, to }, MOST_SPANS);
  return incidentsOf(spans, { measuredUntil, now: to })
    .filter(({ endedAt }) => (endedAt ?? to) >= from)
    .slice(0, MOST_INCIDENTS)
    .map(viewOf);
}

function viewOf({ chapters, ...incident }: Incident): IncidentView {
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
