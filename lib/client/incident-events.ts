import type { IncidentView } from '#lib/contract/history.ts';
import type { Cause } from '#lib/domain/cause.ts';
import { type DurationMs, type EpochMs, MINUTE } from '#lib/domain/time.ts';
import { durationText } from './duration-text.ts';
import { absenceText } from './gap-words.ts';
import { latencyText } from './latency-text.ts';

/** One thing that happened in an incident. `kind` gives its shape. */
export type IncidentEvent = {
  readonly at: EpochMs;
  readonly kind: 'cause' | 'confirmed' | 'gap' | 'run' | 'end' | 'now';
  readonly title: string;
  readonly note: string;
  /** How it came to this; null where nothing is known of that. */
  readonly story: string | null;
  /** The facts that decided. */
  readonly facts: readonly string[];
  /** The start command as it was run. */
  readonly run: { readonly command: string; readonly output: string } | null;
};

type Chapter = IncidentView['chapters'][number];
type Note = IncidentView['notes'][number];
type Concluded = Extract<Note, { kind: 'diagnosis' }>;
type Run = Extract<Note, { kind: 'remedy' }>;

const BARE = { story: null, facts: [], run: null } as const;

/** What happened, in order: causes as they changed and why, the confirmation, gaps, runs of the start command, the end or `now`. */
export function incidentEvents(incident: IncidentView, now: EpochMs): readonly IncidentEvent[] {
  const { startedAt, confirmedAt, chapters, notes } = incident;
  const known = conclusionsOf(incident);
  const confirmed: IncidentEvent = {
    ...BARE,
    at: confirmedAt,
    kind: 'confirmed',
    title: 'Confirmed',
    note: `by further checks, ${durationText(confirmedAt - startedAt)} after the first failed one`,
  };
  const told = [
    ...chapters.map((chapter) =>
      chapter.gap === null
        ? causeEvent(chapter, known.get(chapter), { now, isFirst: chapter === chapters[0] })
        : gapEvent({ from: chapter.at, to: chapter.to, gap: chapter.gap }, now),
    ),
    confirmed,
    ...notes.filter((note) => note.kind === 'remedy').map(runEvent),
    endEvent(incident, now),
  ];
  return told.sort((a, b) => a.at - b.at);
}

/** Which conclusion was the last word on each chapter: the newest of its cause before that cause began anew. */
function conclusionsOf({ chapters, notes }: IncidentView): ReadonlyMap<Chapter, Concluded> {
  const of = (cause: Cause, at: EpochMs): Chapter | undefined => {
    const alike = chapters.filter((chapter) => chapter.cause === cause);
    return alike.findLast((chapter) => chapter.at <= at) ?? alike[0];
  };
  const known = new Map<Chapter, Concluded>();
  for (const note of notes) {
    const chapter = note.kind === 'diagnosis' ? of(note.cause, note.at) : undefined;
    if (chapter !== undefined && note.kind === 'diagnosis') known.set(chapter, note);
  }
  return known;
}

type Telling = { readonly now: EpochMs; readonly isFirst: boolean };

function causeEvent(
  { at, to, headline }: Chapter,
  conclusion: Concluded | undefined,
  { now, isFirst }: Telling,
): IncidentEvent {
  const lasted = `for ${durationText((to ?? now) - at)}`;
  return {
    ...BARE,
    at,
    kind: 'cause',
    title: headline,
    note: isFirst ? `first failed check · ${lasted}` : lasted,
    story: conclusion?.story ?? null,
    facts: [...new Set(conclusion?.evidence)],
  };
}

function gapEvent(absence: Parameters<typeof absenceText>[0], now: EpochMs): IncidentEvent {
  const lasted = durationText((absence.to ?? now) - absence.from);
  return {
    ...BARE,
    at: absence.from,
    kind: 'gap',
    // Days are told by the times beside the events, so here they are told as on the day it began.
    title: absenceText(absence, absence.from),
    note: `nothing was measured for ${lasted}`,
  };
}

function runEvent(run: Run): IncidentEvent {
  const { at, command, output } = run;
  return { ...BARE, at, kind: 'run', title: 'Start command run', note: outcomeText(run), run: { command, output } };
}

/** What a run came to: `back after 2.4 s`, `exited with code 1`. */
function outcomeText({ outcome, exitCode, upAfterMs }: Run): string {
  switch (outcome) {
    case 'up':
      return upAfterMs === null ? 'back' : `back after ${tookText(upAfterMs)}`;
    case 'exited':
      return exitCode === null ? 'ended by a signal' : `exited with code ${exitCode}`;
    case 'not-up':
      return exitCode === null
        ? 'went on, but the server did not come up in time'
        : `ended with code ${exitCode}, but the server did not come up in time`;
    case 'not-started':
      return 'the system could not start it';
  }
}

const tookText = (ms: DurationMs): string => (ms < MINUTE ? latencyText(ms) : durationText(ms));

function endEvent({ startedAt, endedAt, endUnseen }: IncidentView, now: EpochMs): IncidentEvent {
  if (endedAt === null) {
    const note = `for ${durationText(now - startedAt)} so far`;
    return { ...BARE, at: now, kind: 'now', title: 'Still going on', note };
  }
  const lasted = durationText(endedAt - startedAt);
  if (!endUnseen) return { ...BARE, at: endedAt, kind: 'end', title: 'Ready again', note: `after ${lasted}` };
  const note = `after ${lasted}; it was over when measuring went on`;
  return { ...BARE, at: endedAt, kind: 'gap', title: 'Last seen not ready', note };
}

/** How long after a run the server may have come back for the run to be what mended it. */
const MENDS_WITHIN_MS = MINUTE;

/**
 * What mended it, in a sentence: the last run of the start command before the server was seen ready again, when it brought the
 * server up just then. Null otherwise: nothing is claimed.
 */
export function mendedBy({ notes, endedAt, endUnseen }: IncidentView): string | null {
  if (endedAt === null || endUnseen) return null;
  const run = notes.findLast((note): note is Run => note.kind === 'remedy' && note.at <= endedAt);
  if (run?.outcome !== 'up' || run.upAfterMs === null) return null;
  if (endedAt > run.at + run.upAfterMs + MENDS_WITHIN_MS) return null;
  return `The start command was run from here, and the server was back after ${tookText(run.upAfterMs)}.`;
}
