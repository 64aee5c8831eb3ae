import type { BucketView, History, IncidentView } from '#lib/contract/history.ts';
import { DAY, type DurationMs, type EpochMs, HOUR, MINUTE } from '#lib/domain/time.ts';
import { intervalOf, type Window } from '#lib/domain/window.ts';
import { START_COMMAND } from './sample-incident.ts';

/** What a made history contains; times count back from its end. */
export type Episodes = {
  readonly asleep?: readonly { readonly agoMs: DurationMs; readonly forMs: DurationMs }[];
  readonly down?: readonly { readonly agoMs: DurationMs; readonly forMs: DurationMs }[];
  readonly degraded?: readonly { readonly agoMs: DurationMs; readonly forMs: DurationMs }[];
  /** Median of a usual bucket. */
  readonly usualMs?: DurationMs;
};

/** Its incidents are told as their own pages tell them, so that a test can open one. */
type SampleHistory = Omit<History, 'incidents'> & { readonly incidents: IncidentView[] };

type Stretch = { readonly from: EpochMs; readonly to: EpochMs };

/** A small deterministic noise in [0, 1). */
function noiseOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 16_807) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

const overlap = (at: EpochMs, end: EpochMs, stretches: readonly Stretch[]): DurationMs =>
  stretches.reduce((sum, { from, to }) => sum + Math.max(0, Math.min(end, to) - Math.max(at, from)), 0);

const round = (ms: DurationMs): DurationMs => Math.round(ms * 100) / 100;

function figuresOf(usualMs: DurationMs, wave: number, noise: () => number): Partial<BucketView> {
  const p50Ms = round(usualMs * (1 + 0.35 * Math.sin(wave) + 0.25 * noise()));
  const p95Ms = round(p50Ms * (1.5 + noise()));
  return {
    p05Ms: round(p50Ms * (0.7 + 0.1 * noise())),
    p50Ms,
    p95Ms,
    p99Ms: round(p95Ms * 1.1),
    maxMs: round(p95Ms * (1.2 + noise())),
    phasesMs: {
      dns: round(p50Ms * 0.15),
      tcp: round(p50Ms * 0.25),
      firstByte: round(p50Ms * 0.5),
      download: round(p50Ms * 0.1),
    },
  };
}

function incidentOf({ from, to }: Stretch, level: 'down' | 'degraded', now: EpochMs): IncidentView {
  const cause = level === 'down' ? 'not-running' : 'anki-not-running';
  const headline = level === 'down' ? 'The review server is not running.' : 'Anki is not open.';
  const endedAt = to >= now ? null : to;
  return {
    id: String(from),
    startedAt: from,
    confirmedAt: from + 2_000,
    endedAt,
    endUnseen: false,
    level,
    cause,
    headline,
    explanation: 'The path works, and nothing listens on the port.',
    chapters: [{ at: from, to: endedAt, cause, gap: null, headline }],
    notes: notesOf(from, endedAt, level),
  };
}

/** Why it was concluded, and for a server that was down the start that mended it. */
function notesOf(from: EpochMs, endedAt: EpochMs | null, level: 'down' | 'degraded'): IncidentView['notes'] {
  const concluded = {
    kind: 'diagnosis',
    at: from + 2_000,
    cause: level === 'down' ? 'not-running' : 'anki-not-running',
    row: null,
    confidence: 'high',
    story: null,
    evidence: [level === 'down' ? 'Nothing listens on port 8000' : 'The review server says: “not_running”'],
  } as const;
  const mended = {
    kind: 'remedy',
    command: START_COMMAND,
    outcome: 'up',
    exitCode: null,
    upAfterMs: 2_412,
    output: 'INFO:     Uvicorn running on http://0.0.0.0:8000 (Press CTRL+C to quit)',
  } as const;
  const told = { ...concluded, evidence: [...concluded.evidence] };
  return level === 'down' && endedAt !== null ? [told, { ...mended, at: endedAt - 2_400 }] : [told];
}

/** A window of history as the API tells it, ending at `now`. By default: 7 h asleep, one outage, Anki closed once. */
export function sampleHistory(window: Window, now: EpochMs, episodes: Episodes = usual(window)): SampleHistory {
  const { from, to, bucketMs } = intervalOf(window, now);
  const stretchesOf = (list: Episodes['down'] = []): readonly Stretch[] =>
    list.map(({ agoMs, forMs }) => ({
      from: Math.round(now - agoMs),
      to: Math.min(now, Math.round(now - agoMs + forMs)),
    }));
  const gaps = stretchesOf(episodes.asleep);
  const down = stretchesOf(episodes.down);
  const degraded = stretchesOf(episodes.degraded);
  const noise = noiseOf(7);
  const buckets: BucketView[] = [];
  for (let at = from; at < to; at += bucketMs) {
    const end = Math.min(to, at + bucketMs);
    const gapMs = overlap(at, end, gaps);
    const downMs = overlap(at, end, down);
    const degradedMs = overlap(at, end, degraded);
    const answeredMs = end - at - gapMs - downMs;
    const count = Math.floor((end - at - gapMs) / 5_000);
    const figures =
      answeredMs >= Math.min(5_000, bucketMs) ? figuresOf(episodes.usualMs ?? 12, at / (40 * bucketMs), noise) : {};
    buckets.push({
      at,
      readyMs: answeredMs - degradedMs,
      degradedMs,
      downMs,
      gapMs,
      count,
      ...figures,
      causes: {
        ...(downMs > 0 ? { 'not-running': Math.ceil(downMs / 5_000) } : {}),
        ...(degradedMs > 0 ? { 'anki-not-running': Math.ceil(degradedMs / 5_000) } : {}),
      },
    });
  }
  return {
    window,
    from,
    to,
    bucketMs,
    ...summaryOf(buckets, window),
    buckets,
    ...troubleOf(incidentsOf(down, degraded, now)),
    absences: gaps.map((stretch) => ({ ...stretch, gap: 'asleep' as const })),
    servedAt: now,
  };
}

function troubleOf(
  incidents: readonly IncidentView[],
): Pick<History, 'meanTimeToRecoverMs' | 'commonestCause'> & { incidents: IncidentView[] } {
  const took = incidents.flatMap(({ startedAt, endedAt }) => (endedAt === null ? [] : [endedAt - startedAt]));
  const [first] = incidents;
  const alike = incidents.filter(({ cause }) => cause === first?.cause).length;
  return {
    incidents: [...incidents],
    meanTimeToRecoverMs: took.length === 0 ? null : took.reduce((sum, ms) => sum + ms, 0) / took.length,
    commonestCause: first === undefined ? null : { cause: first.cause, headline: first.headline, incidents: alike },
  };
}

const incidentsOf = (down: readonly Stretch[], degraded: readonly Stretch[], now: EpochMs): IncidentView[] =>
  [
    ...down.map((stretch) => incidentOf(stretch, 'down', now)),
    ...degraded.map((stretch) => incidentOf(stretch, 'degraded', now)),
  ].sort((a, b) => b.startedAt - a.startedAt);

function summaryOf(buckets: readonly BucketView[], window: Window): Pick<History, 'uptime' | 'latency' | 'gaps'> {
  const sum = (key: 'readyMs' | 'degradedMs' | 'downMs' | 'gapMs') =>
    buckets.reduce((all, bucket) => all + bucket[key], 0);
  const [ready, degraded, down, gap] = [sum('readyMs'), sum('degradedMs'), sum('downMs'), sum('gapMs')];
  const measured = ready + degraded + down;
  const medians = buckets.flatMap(({ p50Ms }) => p50Ms ?? []).sort((a, b) => a - b);
  const tails = buckets.flatMap(({ p95Ms }) => p95Ms ?? []).sort((a, b) => a - b);
  return {
    uptime: {
      window,
      reachable: measured === 0 ? null : (ready + degraded) / measured,
      ready: measured === 0 ? null : ready / measured,
      measured: measured / Math.max(1, measured + gap),
    },
    latency: {
      p50Ms: medians[Math.floor(medians.length / 2)] ?? null,
      p95Ms: tails[Math.floor(tails.length * 0.95)] ?? null,
    },
    gaps: gap === 0 ? {} : { asleep: gap },
  };
}

/** Nights asleep, one outage and one closed Anki, as far as they fit into the window. */
function usual(window: Window): Episodes {
  const { from, to } = intervalOf(window, 400 * 24 * HOUR);
  const length = to - from;
  if (window === '1h') return { down: [{ agoMs: 21 * MINUTE, forMs: 4 * MINUTE }] };
  const nights = Math.floor(length / (24 * HOUR));
  return {
    asleep: Array.from({ length: Math.max(1, nights) }, (_, night) => ({
      agoMs: night * 24 * HOUR + 14 * HOUR,
      forMs: 7 * HOUR,
    })),
    down: [{ agoMs: Math.floor(nights * 0.2) * DAY + 4 * HOUR, forMs: nights > 1 ? 2 * HOUR : 14 * MINUTE }],
    degraded: [{ agoMs: Math.floor(nights * 0.8) * DAY + (nights > 1 ? 3 : 19) * HOUR, forMs: 26 * MINUTE }],
  };
}
