import type { AnkiDiagnosis } from '#lib/domain/review/gateway.ts';
import { type DurationMs, SECOND } from '#lib/domain/time.ts';
import { ACTIVE_PROFILE, API_ACTIONS, PERMISSION, VERSION } from './anki-actions.ts';
import type { AnkiConnectClient } from './anki-connect.ts';
import { askAnki } from './anki-state.ts';
import { createLatency, type Latency } from './latency.ts';
import type { Media } from './media.ts';

type About = {
  readonly anki: AnkiConnectClient;
  readonly media: Media;
  readonly port: number;
  readonly platform?: NodeJS.Platform;
};

/** So many calls are timed each time it is asked, unless they take too long. */
const TIMED = 6;
const TIMED_MS = 4 * SECOND;
const PATIENCE_MS = 2 * SECOND;
/** Fewer prove nothing. */
const ENOUGH = 5;
/** A busy window is slow now and then; one that sleeps is slow nearly always. Source: review reference §1.1. */
const NAPPING_MS = 500;

/**
 * Asks everything that can be told of the way to Anki, with the question by which the ladder judges it; it takes some 300 ms, and
 * 8 s at the most. Nothing changes anything in Anki. What it resolves to never rejects.
 */
export function createAnkiDiagnosis({
  anki,
  media,
  port,
  platform = process.platform,
}: About): () => Promise<AnkiDiagnosis> {
  const latency = createLatency();
  return async () => {
    const asked = await askAnki(anki);
    const state = 'told' in asked ? asked.told : null;
    if (state?.reach !== 'answers') return { ...NOTHING_KNOWN, port, reach: state?.reach ?? null };
    await time(anki, latency);
    const { generation, profile } = await addOn(anki);
    const timed = latency.told();
    const { collection, isReviewing } = state;
    return {
      port,
      reach: 'answers',
      generation,
      keyNeeded: await needsKey(anki),
      collection: collection === 'key-needed' ? null : collection,
      profile,
      isReviewing,
      latency: timed === null ? null : { p50Ms: timed.p50Ms, p95Ms: timed.p95Ms },
      appNap: platform === 'darwin' && timed !== null && timed.calls >= ENOUGH && timed.p95Ms > NAPPING_MS,
      media: await media.way(),
    };
  };
}

const NOTHING_KNOWN = {
  generation: null,
  keyNeeded: null,
  collection: null,
  profile: null,
  isReviewing: null,
  latency: null,
  appNap: false,
  media: null,
} as const;

/** The cheapest call there is, over and over: a silent one took at least our patience. */
async function time(anki: AnkiConnectClient, latency: Latency): Promise<void> {
  const startedAt = performance.now();
  for (let call = 0; call < TIMED && performance.now() - startedAt < TIMED_MS; call += 1) {
    const called = await anki.call(VERSION, { patienceMs: PATIENCE_MS });
    if ('latencyMs' in called) latency.add(called.latencyMs satisfies DurationMs);
    else if (called.outcome === 'timed-out') latency.add(PATIENCE_MS);
  }
}

/** The add-on of 2025 brought `getActiveProfile`; its version is 6 as ever. Source: review reference §1.0. */
async function addOn(anki: AnkiConnectClient): Promise<Pick<AnkiDiagnosis, 'generation' | 'profile'>> {
  const called = await anki.callAll([API_ACTIONS, ACTIVE_PROFILE]);
  if (called.outcome !== 'answered') return { generation: null, profile: null };
  const [actions, profile] = called.value;
  const named = actions.outcome === 'answered' ? actions.value : null;
  const generation = named?.includes('getActiveProfile') ? '25.11.9' : 'archive';
  return {
    generation: named === null ? null : generation,
    profile: profile.outcome === 'answered' ? profile.value : null,
  };
}

async function needsKey(anki: AnkiConnectClient): Promise<boolean | null> {
  const told = await anki.call(PERMISSION);
  return told.outcome === 'answered' ? (told.value.requireApikey ?? null) : null;
}
