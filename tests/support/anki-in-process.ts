import type { EpochMs } from '#lib/domain/time.ts';
import { type AnkiConnectClient, createAnkiConnect } from '#lib/review/anki-connect.ts';
import type { Exchange, Question } from '#lib/review/exchange.ts';
import { parseJson } from '#lib/review/parse-json.ts';
import type { Collection } from './anki-collection.ts';
import { type DesktopUser, desktopUser, through } from './anki-desktop-user.ts';
import { type AnkiWindow, openWindow, settle } from './anki-window.ts';
import { type AnkiConnectGeneration, type AnkiState, actionsIn, bodyFor } from './ankiconnect-answers.ts';
import { bringTo } from './ankiconnect-states.ts';
import type { ScriptedCall } from './scripted-ankiconnect.ts';

/** What becomes of one call, instead of an answer. */
export const IN_PROCESS_FAULTS = [
  'refused', // nothing listens: it was not carried out
  'silent', // patience ends, and it is never carried out
  'silent-executed', // patience ends after it was carried out
  'silent-late', // patience ends, and it is carried out after that, before whatever comes next
  'reset', // the connection breaks before it is carried out
  'reset-executed', // the connection breaks after it was carried out
] as const;
export type InProcessFault = (typeof IN_PROCESS_FAULTS)[number];

/** Time that passes only when it is told to. */
export type VirtualClock = { readonly now: () => EpochMs; readonly advance: (ms: number) => void };

export type AnkiInProcess = {
  readonly client: AnkiConnectClient;
  /** Another client of the same Anki, as a process has that was started anew. */
  readonly connect: () => AnkiConnectClient;
  readonly collection: Collection;
  readonly window: AnkiWindow;
  readonly desktop: DesktopUser;
  /** Anki goes on in another state. `hung`: calls end with patience, and are carried out, as the user's acts, when it goes on. */
  be(state: AnkiState): void;
  /** Decides what becomes of each call from now on; null: all goes well again. */
  disturb(decide: ((call: ScriptedCall) => InProcessFault | null) | null): void;
  /** Carries out what callers left behind, as Anki does as soon as it has time. */
  catchUp(): void;
};

export type InProcessOptions = {
  readonly clock: VirtualClock;
  /** Made with the same clock. */
  readonly collection: Collection;
  readonly state?: AnkiState;
  readonly generation?: AnkiConnectGeneration;
  /** No longer answer comes through, in letters, whatever a caller would take. */
  readonly longest?: number;
};

/** How long a call takes: Anki looks for work every 25 ms. */
const CALL_MS = 25;
const NOT_USED = 'a key of its owner';

/** At noon of 23 November 2026 here, unless told. */
export function virtualClock(from: EpochMs = new Date(2026, 10, 23, 12).getTime()): VirtualClock {
  let at = from;
  return {
    now: () => at,
    advance: (ms) => {
      at += ms;
    },
  };
}

/**
 * The same AnkiConnect as the scripted one, behind a client without sockets, on a clock of its own: for tens of thousands of
 * calls. Each call takes 25 ms of that clock, or the caller's patience.
 */
export function ankiInProcess(options: InProcessOptions): AnkiInProcess {
  const { clock, collection, generation = '25.11.9', longest = Infinity } = options;
  const window = openWindow(collection);
  let state: AnkiState = options.state ?? 'reviewing';
  bringTo(window, state);
  let decide: ((call: ScriptedCall) => InProcessFault | null) | null = null;
  let calls = 0;
  let leftBehind: (() => void)[] = [];

  const carryOut = (json: string): string => {
    settle(window);
    return bodyFor(json, { state, window, generation, apiKey: NOT_USED, onAction: () => undefined });
  };
  const catchUp = () => {
    if (state === 'hung') return;
    const late = leftBehind;
    leftBehind = [];
    for (const job of late) job();
    settle(window);
  };
  const carry = async ({ json = '', patienceMs, limitBytes }: Question): Promise<Exchange> => {
    catchUp();
    calls += 1;
    const decided = decide?.({ number: calls, actions: actionsIn(parseJson(json)) }) ?? null;
    const fault = decided === null && state === 'hung' ? 'silent-late' : decided;
    clock.advance(fault?.startsWith('silent') ? patienceMs : CALL_MS);
    if (fault === null) return answered(carryOut(json), Math.min(limitBytes, longest));
    if (fault.endsWith('-executed')) carryOut(json);
    if (fault === 'silent-late') leftBehind.push(() => carryOut(json));
    return ENDS[fault];
  };
  const connect = () => createAnkiConnect(new URL('http://127.0.0.1:8765'), { carry });

  return {
    client: connect(),
    connect,
    collection,
    window,
    desktop: desktopUser(
      window,
      through((job) => {
        leftBehind.push(job);
        catchUp();
      }),
    ),
    be: (next) => {
      state = next;
      bringTo(window, next);
      catchUp();
    },
    disturb: (next) => {
      decide = next;
    },
    catchUp,
  };
}

const answered = (body: string, longest: number): Exchange =>
  body.length > longest ? { outcome: 'too-large' } : { outcome: 'replied', status: 200, body, latencyMs: CALL_MS };

const ENDS: Readonly<Record<InProcessFault, Exchange>> = {
  refused: { outcome: 'refused' },
  silent: { outcome: 'silent', sent: true },
  'silent-executed': { outcome: 'silent', sent: true },
  'silent-late': { outcome: 'silent', sent: true },
  reset: { outcome: 'cut' },
  'reset-executed': { outcome: 'cut' },
};
