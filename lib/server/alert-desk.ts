import { USUAL_PREFERENCES } from '#lib/domain/alert.ts';
import { type AlertRecord, type AlertScene, type AlertStep, dueAlerts } from '#lib/domain/alert-due.ts';
import { type AlertNews, newsOfBeginning, newsOfEnd } from '#lib/domain/alert-text.ts';
import type { Incident } from '#lib/domain/incident.ts';
import { type DurationMs, type EpochMs, MINUTE, SECOND } from '#lib/domain/time.ts';
import type { Snapshot } from '#lib/monitor/snapshot.ts';
import type { Alerts, KeptAlert } from '#lib/store/alerts.ts';
import type { HistoryStore } from '#lib/store/history-store.ts';
import type { Callee } from './alert-callee.ts';
import { incidentsIn } from './read-incidents.ts';

type Parts = { readonly alerts: Alerts; readonly history: HistoryStore };
type Look = {
  readonly snapshot: Pick<Snapshot, 'level' | 'measuredUntil'>;
  readonly callees: readonly Callee[];
  readonly now: EpochMs;
};

/** What is to be sent, oldest incident first, and when it should be decided anew although nothing seems to change. */
type Decided = { readonly unfinished: readonly KeptAlert[]; readonly againMs: DurationMs };

/** The history is written a moment after the level changes. */
const UNSETTLED_MS: DurationMs = SECOND;
/** Somebody waits for a length of time, or for the end of quiet hours. */
const AWAITED_MS: DurationMs = 5 * SECOND;
const CALM_MS: DurationMs = MINUTE;

/**
 * Decides what everybody is to be told and writes it down, before anything of it is sent. Rejects with a StorageError where
 * the history cannot be read or the alerts cannot be written.
 */
export async function decideAlerts({ alerts, history }: Parts, { snapshot, callees, now }: Look): Promise<Decided> {
  const before = await alerts.unfinished();
  const from = Math.min(now, ...before.map(({ news }) => news.startedAt));
  // Where the clock was set back, the history is ahead of it.
  const to = Math.max(now, snapshot.measuredUntil) + 1;
  const incidents = await incidentsIn(history, { from, to, measuredUntil: snapshot.measuredUntil });
  const open = incidents.find(({ endedAt }) => endedAt === null);
  const ofOpen = open === undefined ? [] : await alerts.ofIncident(open.id);
  const records = [...before.filter(({ incidentId }) => incidentId !== open?.id), ...ofOpen];
  const scene: AlertScene = { incidents, level: snapshot.level, now };
  const steps = [...callees, ...goneOf(before, callees)].flatMap(({ id, preferences }) => {
    const own = records.filter(({ deviceId }) => deviceId === id);
    return dueAlerts({ preferences, records: own }, scene).map((step) => ({
      ...step,
      deviceId: id,
      news: newsOf(step, own, incidents),
    }));
  });
  if (steps.length > 0) await alerts.write(steps, now);
  return {
    unfinished: steps.length > 0 ? await alerts.unfinished() : before,
    againMs: againIn(scene, { open, records, callees }),
  };
}

/** Who is called no more is as one who switched alerts off: back again, it hears nothing of the past. */
function goneOf(
  unfinished: readonly KeptAlert[],
  callees: readonly Callee[],
): readonly Pick<Callee, 'id' | 'preferences'>[] {
  const left = new Set(unfinished.map(({ deviceId }) => deviceId)).difference(new Set(callees.map(({ id }) => id)));
  return [...left].map((id) => ({ id, preferences: { ...USUAL_PREFERENCES, isOn: false } }));
}

function newsOf(
  { incidentId, kind }: AlertStep,
  records: readonly KeptAlert[],
  incidents: readonly Incident[],
): AlertNews {
  const written = records.find((record) => record.incidentId === incidentId && record.kind === kind);
  if (written !== undefined) return written.news;
  const incident = incidents.find(({ id }) => id === incidentId);
  const began = records.find((record) => record.incidentId === incidentId && record.kind === 'began');
  if (began !== undefined) return newsOfEnd(incident, began.news);
  if (incident === undefined) throw new RangeError(`Nothing is known of the incident ${incidentId}.`);
  return newsOfBeginning(incident);
}

type Waiting = {
  readonly open: Incident | undefined;
  readonly records: readonly (AlertRecord & { readonly deviceId: string })[];
  readonly callees: readonly Callee[];
};

function againIn({ level }: AlertScene, { open, records, callees }: Waiting): DurationMs {
  if (level === 'no-data') return CALM_MS;
  if ((level === 'ready') !== (open === undefined)) return UNSETTLED_MS;
  if (open === undefined) return records.length > 0 ? AWAITED_MS : CALM_MS;
  const isTold = ({ id }: Callee): boolean =>
    records.some(({ deviceId, incidentId }) => deviceId === id && incidentId === open.id);
  return callees.filter(({ preferences }) => preferences.isOn).every(isTold) ? CALM_MS : AWAITED_MS;
}
