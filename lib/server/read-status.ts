import { isIP } from 'node:net';
import type { Status } from '#lib/contract/status.ts';
import type { Cause } from '#lib/domain/cause.ts';
import type { Diagnosis } from '#lib/domain/diagnosis.ts';
import { ladderOf } from '#lib/domain/ladder-of.ts';
import { mergeSketches, quantile } from '#lib/domain/latency-sketch.ts';
import { isTailnet } from '#lib/domain/tailnet.ts';
import { type EpochMs, SECOND } from '#lib/domain/time.ts';
import { sumDurations, uptimeOf } from '#lib/domain/uptime.ts';
import { intervalOf } from '#lib/domain/window.ts';
import { isOwnAddress } from '#lib/host/addresses.ts';
import type { Snapshot } from '#lib/monitor/snapshot.ts';
import { mayAct } from './owner.ts';
import { incidentsIn } from './read-incidents.ts';
import type { Services } from './services.ts';

/** The day's figures change slowly and cost a merge of a day's buckets: they are made at most this often. */
const DAY_FRESH_MS = 15 * SECOND;

type Day = Pick<Status, 'uptime'> & { readonly p50Ms: number | null; readonly p95Ms: number | null };
const days = new WeakMap<
  Services,
  { readonly at: EpochMs; readonly since: EpochMs | null; readonly day: Promise<Day> }
>();

/** The glance, for whoever asks with these headers: who they are decides what they may do, and the phone's address is noted. */
export async function readStatus(services: Services, headers: Headers): Promise<Status> {
  const now = services.now();
  const askedFrom = phoneOf(headers);
  if (askedFrom !== null) services.monitor.askedBy(askedFrom);
  const snapshot = services.monitor.snapshot();
  const [{ uptime, p50Ms, p95Ms }, asker] = await Promise.all([
    dayOf(services, { now, since: snapshot.since }),
    askedFrom === null ? null : services.phoneWays.glance(askedFrom),
  ]);
  return {
    level: snapshot.level,
    since: snapshot.since,
    checkedAt: snapshot.checkedAt,
    servedAt: now,
    target: { kind: 'name', url: snapshot.target?.url ?? '', isGuess: isGuess(services) },
    diagnosis: viewOf(snapshot.diagnosis),
    pending: snapshot.pending,
    latency: { lastMs: snapshot.lastMs, p50Ms, p95Ms },
    uptime,
    ladder: [
      ...ladderOf({
        cause: snapshot.diagnosis.cause,
        facts: snapshot.facts,
        ...(snapshot.around === null ? {} : { around: snapshot.around }),
        askedFrom,
        ...(asker !== null && 'told' in asker ? { asker: asker.told } : {}),
        now,
      }),
    ],
    start: await startOf(services, { cause: snapshot.diagnosis.cause, headers }),
    incidentId: await openIncident(services, snapshot, now),
    storage: storageOf(services, snapshot),
    monitor: { state: snapshot.stalled ? 'stalled' : 'ok', intervalMs: services.config.probeIntervalMs },
    version: services.version,
  };
}

/** Neither the owner nor Tailscale told the phone's address, so nothing here shows that a phone gets through. */
const isGuess = ({ config, tailnet }: Services): boolean =>
  config.reviewServerUrl === undefined && tailnet.name() === null;

/**
 * The tailnet address a request came from, as `tailscale serve` notes it; null when it was made on this machine, which may ask
 * itself by its own name too.
 */
export function phoneOf(headers: Headers): string | null {
  const address = headers.get('x-forwarded-for');
  return address !== null && isIP(address) !== 0 && isTailnet(address) && !isOwnAddress(address) ? address : null;
}

type Asked = { readonly cause: Cause; readonly headers: Headers };

async function startOf({ starter, callerNow }: Services, { cause, headers }: Asked): Promise<Status['start']> {
  return starter === null ? null : starter.action(cause, mayAct(await callerNow(headers), 'start'));
}

export const viewOf = ({ by: _, ...diagnosis }: Diagnosis): Status['diagnosis'] => ({
  ...diagnosis,
  evidence: [...diagnosis.evidence],
  remedies: [...diagnosis.remedies],
});

async function openIncident({ store }: Services, snapshot: Snapshot, now: EpochMs): Promise<string | null> {
  if (snapshot.level !== 'down' && snapshot.level !== 'degraded') return null;
  const [newest] = await incidentsIn(store, { from: now, to: now, measuredUntil: snapshot.measuredUntil }).catch(
    () => [],
  );
  return newest?.endedAt === null ? newest.id : null;
}

function storageOf({ storageProblem, grades }: Services, snapshot: Snapshot): Status['storage'] {
  const resumes = snapshot.historyResumesAt;
  const behind = `The clock was set back. The history goes on at ${new Date(resumes ?? 0).toISOString()}.`;
  const ungraded = grades.problem();
  const detail =
    snapshot.storageProblem ??
    storageProblem ??
    (ungraded === null ? null : `No grade can be counted. ${ungraded}`) ??
    (resumes === null ? null : behind);
  return { state: detail === null ? 'ok' : 'failing', detail };
}

/** A change of level makes them anew: what is shown together belongs together. */
function dayOf(services: Services, { now, since }: { now: EpochMs; since: EpochMs | null }): Promise<Day> {
  const known = days.get(services);
  if (known?.since === since && Math.abs(now - known.at) < DAY_FRESH_MS) return known.day;
  const day = readDay(services, now);
  days.set(services, { at: now, since, day });
  return day;
}

/** A history that cannot be read leaves the glance without figures, not without a level. */
async function readDay({ store, monitor }: Services, now: EpochMs): Promise<Day> {
  const { from, to, bucketMs } = intervalOf('24h', now);
  const { measuredUntil } = monitor.snapshot();
  const buckets = await store.buckets({ from, to }, { bucketMs, measuredUntil }).catch(() => []);
  const latency = mergeSketches(buckets.map((bucket) => bucket.latency));
  return {
    uptime: { window: '24h', ...uptimeOf(sumDurations(buckets)) },
    p50Ms: quantile(latency, 0.5),
    p95Ms: quantile(latency, 0.95),
  };
}
