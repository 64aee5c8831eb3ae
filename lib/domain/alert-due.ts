import type { AlertKind, AlertPreferences } from './alert.ts';
import { isQuiet } from './alert-quiet.ts';
import type { Chapter, Incident } from './incident.ts';
import { type Level, levelOf } from './level.ts';
import type { DurationMs, EpochMs } from './time.ts';

export const ALERT_STATES = [
  'due', // to be sent, or sent again
  'sending', // on its way
  'sent', // taken by the push service
  'unknown', // it went out, and nobody knows whether it was taken: never sent again
  'given-up', // refused, or tried for long enough
  'withdrawn', // overtaken before it was sent
] as const;
export type AlertState = (typeof ALERT_STATES)[number];

/** What is kept of one message to one device: there is one for an incident and kind, and no second. */
export type AlertRecord = {
  readonly incidentId: string;
  readonly kind: AlertKind;
  readonly state: AlertState;
  /** How often it was tried to be sent. */
  readonly tries: number;
};

/** A device and all that was written down for it of the incidents looked at. */
type Called = { readonly preferences: AlertPreferences; readonly records: readonly AlertRecord[] };

/** What is known now. */
export type AlertScene = {
  /** In any order: the one that lasts, and those of the records, as far as the history has them. */
  readonly incidents: readonly Incident[];
  readonly level: Level;
  readonly now: EpochMs;
};

/** What is to be written down: a new record, or one that was due and is withdrawn. */
export type AlertStep = {
  readonly incidentId: string;
  readonly kind: AlertKind;
  readonly state: Extract<AlertState, 'due' | 'withdrawn'>;
};

/**
 * What a device is to be told now, in the order of its telling. One message for the beginning of an incident that it wants to
 * know of, once that has lasted as long as it asks, and one for the end, if it was told of the beginning. While nothing is
 * measured nothing is decided, so that no gap begins an incident or ends one.
 */
export function dueAlerts({ preferences, records }: Called, scene: AlertScene): readonly AlertStep[] {
  if (scene.level === 'no-data') return [];
  const steps = records.flatMap((record) => stepFor(record, { preferences, records, scene }));
  const open = scene.incidents.find(({ endedAt }) => endedAt === null);
  const isAwaited =
    open !== undefined &&
    !isTold(open, { records, scene }) &&
    lastedMs(open, preferences.level, scene.now) >= preferences.minimumMs &&
    mayCall(preferences, scene.now);
  return isAwaited ? [...steps, { incidentId: open.id, kind: 'began', state: 'due' }] : steps;
}

/** Whether a message that is due may go out now: a beginning only while it is known to last. */
export const maySend = (
  { kind }: Pick<AlertRecord, 'kind'>,
  { preferences, level, now }: Pick<Called, 'preferences'> & Pick<AlertScene, 'level' | 'now'>,
): boolean => mayCall(preferences, now) && (kind === 'ended' || level === 'down' || level === 'degraded');

const mayCall = ({ isOn, quiet }: AlertPreferences, now: EpochMs): boolean => isOn && !isQuiet(quiet, now);

type Around = Called & { readonly scene: AlertScene };

function stepFor(record: AlertRecord, around: Around): readonly AlertStep[] {
  const { incidentId, kind } = record;
  const { preferences, records, scene } = around;
  if (record.state === 'due') {
    return isOvertaken(record, around) ? [{ incidentId, kind, state: 'withdrawn' }] : [];
  }
  const isOpen = kind === 'began' && (record.state === 'sent' || record.state === 'unknown');
  if (!isOpen || !isOver(incidentId, scene) || endOf(incidentId, records) !== undefined) return [];
  return [{ incidentId, kind: 'ended', state: preferences.isOn ? 'due' : 'withdrawn' }];
}

/** A beginning by its end, an end that could not be sent by the next beginning, all by being switched off. */
function isOvertaken({ incidentId, kind, tries }: AlertRecord, { preferences, records, scene }: Around): boolean {
  if (!preferences.isOn) return true;
  if (kind === 'began') return isOver(incidentId, scene);
  return tries > 0 && records.some((other) => other.kind === 'began' && other.state === 'due');
}

/** One that the history has lost is over when the server is ready. */
function isOver(incidentId: string, { incidents, level }: AlertScene): boolean {
  const incident = incidents.find(({ id }) => id === incidentId);
  return incident === undefined ? level === 'ready' : incident.endedAt !== null;
}

const endOf = (incidentId: string, records: readonly AlertRecord[]): AlertRecord | undefined =>
  records.find((other) => other.kind === 'ended' && other.incidentId === incidentId);

/** Also where the history has lost an incident that was told of and goes on under another name. */
function isTold({ id }: Incident, { records, scene }: Pick<Around, 'records' | 'scene'>): boolean {
  const goesOnAs = ({ incidentId, state }: AlertRecord): boolean =>
    state !== 'withdrawn' &&
    state !== 'given-up' &&
    endOf(incidentId, records) === undefined &&
    !scene.incidents.some((each) => each.id === incidentId);
  return records.some((record) => record.kind === 'began' && (record.incidentId === id || goesOnAs(record)));
}

/** How long it was measured to be at a level that is wanted; nothing unless it is at one now. */
function lastedMs({ chapters }: Incident, wanted: AlertPreferences['level'], now: EpochMs): DurationMs {
  const isWanted = (chapter: Chapter): boolean =>
    'cause' in chapter && (wanted === 'degraded' || levelOf(chapter.cause) === 'down');
  const newest = chapters.at(-1);
  if (newest === undefined || !isWanted(newest)) return Number.NEGATIVE_INFINITY;
  return chapters.filter(isWanted).reduce((sum, { at, to }) => sum + Math.max(0, (to ?? now) - at), 0);
}
