import type { IncidentView } from '#lib/contract/history.ts';
import type { EpochMs } from '#lib/domain/time.ts';
import { durationText } from './duration-text.ts';
import { GAP_WORDS } from './gap-words.ts';

/** One thing that happened in an incident. `kind` gives its shape. */
export type IncidentEvent = {
  readonly at: EpochMs;
  readonly kind: 'cause' | 'confirmed' | 'gap' | 'end' | 'now';
  readonly title: string;
  readonly note: string;
};

type Chapter = IncidentView['chapters'][number];

function chapterEvent({ at, to, gap, headline }: Chapter, now: EpochMs): IncidentEvent {
  const lasted = durationText((to ?? now) - at);
  if (gap !== null) return { at, kind: 'gap', title: 'Nothing was measured', note: `${GAP_WORDS[gap]}, for ${lasted}` };
  return { at, kind: 'cause', title: headline, note: `for ${lasted}` };
}

function endEvent({ startedAt, endedAt, endUnseen }: IncidentView, now: EpochMs): IncidentEvent {
  if (endedAt === null) {
    return { at: now, kind: 'now', title: 'Still going on', note: `for ${durationText(now - startedAt)} so far` };
  }
  const lasted = durationText(endedAt - startedAt);
  return endUnseen
    ? {
        at: endedAt,
        kind: 'gap',
        title: 'Last seen not ready',
        note: `after ${lasted}; it was over when measuring went on`,
      }
    : { at: endedAt, kind: 'end', title: 'Ready again', note: `after ${lasted}` };
}

/** What happened, in order: causes as they changed, the confirmation, gaps, the end or `now`. */
export function incidentEvents(incident: IncidentView, now: EpochMs): readonly IncidentEvent[] {
  const { startedAt, confirmedAt, chapters } = incident;
  const confirmed: IncidentEvent = {
    at: confirmedAt,
    kind: 'confirmed',
    title: 'Confirmed',
    note: `by further checks, ${durationText(confirmedAt - startedAt)} after the first failed one`,
  };
  const told = [...chapters.map((chapter) => chapterEvent(chapter, now)), confirmed].sort((a, b) => a.at - b.at);
  return [...told, endEvent(incident, now)];
}
