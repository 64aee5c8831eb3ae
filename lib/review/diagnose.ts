import type { AnkiDiagnosis } from '#lib/domain/review/gateway.ts';
import { type DurationMs, SECOND } from '#lib/domain/time.ts';
import { ACTIVE_PROFILE, API_ACTIONS, PERMISSION, VERSION } from './anki-actions.ts';
import type { AnkiConnectClient } from './anki-connect.ts';
import { askAnki } from './anki-state.ts';
import { looksAsleep } from './anki-trouble.ts';
import { latencyOf } from './latency.ts';
import type { Media } from './media.ts';

type About = {
  readonly anki: AnkiConnectClient;
  readonly media: Media;
  readonly port: number;
  readonly platform?: NodeJS.Platform;
};

/** So many calls are timed each time it is asked, unless they take too long. */
const TIMED = 6;
const TIMED_MS = 2 * SECOND;
const PATIENCE_MS = 2 * SECOND;
/** A sleeping window may need longer than anybody waits elsewhere. */
const LAST_PATIENCE_MS = 4 * SECOND;

/**
 * Asks everything that can be told of the way to Anki, with the question by which the ladder judges it; it takes some 300 ms, and
 * 12 s at the most. Nothing changes anything in Anki. What it resolves to never rejects.
 */
export function createAnkiDiagnosis({
  anki,
  media,
  port,
  platform = process.platform,
}: About): () => Promise<AnkiDiagnosis> {
  const mayNap = platform === 'darwin';
  return async () => {
    const asked = await askAnki(anki);
    const state = 'told' in asked ? asked.told : null;
    if (state?.reach !== 'answers') {
      const appNap = mayNap && state?.reach === 'silent' && (await answersLate(anki));
      return { ...NOTHING_KNOWN, port, reach: state?.reach ?? null, appNap };
    }
    const took = await time(anki);
    const { generation, profile } = await addOn(anki);
    const { collection, isReviewing } = state;
    return {
      port,
      reach: 'answers',
      generation,
      keyNeeded: await needsKey(anki),
      collection: collection === 'key-needed' ? null : collection,
      profile,
      isReviewing,
      latency: latencyOf(took),
      appNap: mayNap && looksAsleep(took),
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
  media: null,
} as const;

/** How long the cheapest call there is took, over and over: a silent one at least our patience. */
async function time(anki: AnkiConnectClient): Promise<DurationMs[]> {
  const startedAt = performance.now();
  const took: DurationMs[] = [];
  while (took.length < TIMED && performance.now() - startedAt < TIMED_MS) {
    const called = await anki.call(VERSION, { patienceMs: PATIENCE_MS });
    if ('latencyMs' in called) took.push(called.latencyMs);
    else if (called.outcome === 'timed-out') took.push(PATIENCE_MS);
    else break;
  }
  return took;
}

/** After a silence: one that sleeps answers in the end, and late again; one that shows a dialog or is stuck does not. */
async function answersLate(anki: AnkiConnectClient): Promise<boolean> {
  const limits = { patienceMs: LAST_PATIENCE_MS };
  const woken = await anki.call(VERSION, limits);
  if (!('latencyMs' in woken)) return false;
  const again = await anki.call(VERSION, limits);
  return 'latencyMs' in again && looksAsleep([PATIENCE_MS, again.latencyMs]);
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
