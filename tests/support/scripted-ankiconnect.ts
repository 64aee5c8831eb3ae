import { createServer, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { parseJson } from '#lib/review/parse-json.ts';
import type { Collection } from './anki-collection.ts';
import { type DesktopUser, desktopUser, through } from './anki-desktop-user.ts';
import { sampleCollection } from './anki-sample.ts';
import { type AnkiWindow, openWindow, settle } from './anki-window.ts';
import { type Anki, type AnkiConnectGeneration, type AnkiState, actionsIn, bodyFor } from './ankiconnect-answers.ts';
import { mediaDirOf, removeMediaDir } from './ankiconnect-media-actions.ts';
import { answer, type CallFault, httpReply, type Request, readRequest } from './ankiconnect-socket.ts';
import { bringTo, stateSeen } from './ankiconnect-states.ts';
import { listenSteadily } from './steady-port.ts';

export type ScriptedAnkiConnect = {
  readonly url: string;
  readonly port: number;
  /** All that Anki keeps: cards, notes, review log. */
  readonly collection: Collection;
  /** What Anki shows on the Mac. */
  readonly window: AnkiWindow;
  /** Whoever sits at the Mac; every act waits for its turn among the requests. */
  readonly desktop: DesktopUser;
  /** What Anki is doing, whether or not it has AnkiConnect. */
  readonly state: () => AnkiState;
  /** Every action that was carried out, in order, those inside a `multi` included. */
  readonly carriedOut: () => readonly string[];
  /** Anki goes on in another state; requests that wait are answered from it. */
  be(state: AnkiState): void;
  /** Decides what becomes of each request from now on; null: all goes well again. */
  disturb(decide: ((call: ScriptedCall) => CallFault | null) | null): void;
  /** Anki's window is busy from now on for so long: requests wait, and are carried out after it, in their order. */
  stall(ms: number): void;
  /** Quits Anki: the port refuses, and the files of the media are gone, so that nothing is left when a test ends. */
  stop(): Promise<void>;
  /** Opens Anki again, on the same port, unless it is open. */
  start(): Promise<void>;
};

/** One request: its number, counted from 1, and its action or, for a `multi`, those inside. */
export type ScriptedCall = { readonly number: number; readonly actions: readonly string[] };

export type AnkiConnectOptions = {
  readonly state?: AnkiState;
  /** The sample collection unless told. */
  readonly collection?: Collection;
  /** A free one unless told. */
  readonly port?: number;
  readonly generation?: AnkiConnectGeneration;
  /** What it wants as `key` while it is `key-needed`. */
  readonly apiKey?: string;
};

/** Anki's timer asks for work this often, and takes one connection each time. */
const TICK_MS = 25;
const BACKLOG = 5;
/** What Anki begins in the background for a window's action is done this much later; until then its reviewer shows the old card. */
const COMMIT_MS = 30;

/**
 * AnkiConnect on a collection, on loopback: answers 200 to everything and closes the socket after each answer without saying
 * so; looks for work every 25 ms, one new connection each time; does one thing at a time, the desktop user's included;
 * `version` answers with the collection closed; what a caller left behind is carried out when its turn comes.
 */
export async function scriptedAnkiConnect(options: AnkiConnectOptions = {}): Promise<ScriptedAnkiConnect> {
  const { generation = '25.11.9', apiKey = 'a key of its owner', collection = sampleCollection() } = options;
  const window = openWindow(collection);
  let state = options.state ?? 'reviewing';
  bringTo(window, state);
  const carriedOut: string[] = [];
  const anki = (): Anki => ({ state, window, generation, apiKey, onAction: (action) => carriedOut.push(action) });

  let decide: ((call: ScriptedCall) => CallFault | null) | null = null;
  let calls = 0;
  let busyUntil = 0;
  const faultOf = ({ body }: Request): CallFault | null => {
    calls += 1;
    return decide?.({ number: calls, actions: actionsIn(parseJson(body)) }) ?? null;
  };
  const serve = async (socket: Socket) => {
    const request = await readRequest(socket);
    if (request === null) return;
    const fault = faultOf(request);
    if (fault?.kind === 'stall') await pause(fault.ms);
    answer(socket, () => answerTo(request, anki()), fault);
    setTimeout(() => settle(window), COMMIT_MS);
  };

  const waiting: (Socket | (() => void))[] = [];
  let isBusy = false;
  const isFree = () => !isBusy && state !== 'hung' && performance.now() >= busyUntil;
  const runJobs = () => {
    for (let next = waiting[0]; typeof next === 'function' && isFree(); next = waiting[0]) {
      waiting.shift();
      next();
    }
  };
  const tick = async () => {
    runJobs();
    const next = isFree() ? waiting[0] : undefined;
    if (next === undefined || typeof next === 'function') return;
    waiting.shift();
    isBusy = true;
    await serve(next);
    isBusy = false;
    runJobs();
  };
  const inTurn = through((job) => {
    waiting.push(job);
    runJobs();
  });

  const sockets = new Set<Socket>();
  const server = createServer({ pauseOnConnect: true }, (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => undefined);
    waiting.push(socket);
  });
  let port = options.port ?? 0;
  let timer: NodeJS.Timeout | undefined;
  const start = async () => {
    if (server.listening) return;
    port = await listenSteadily(server, { port, host: '127.0.0.1', backlog: BACKLOG });
    timer = setInterval(tick, TICK_MS);
    if (collection.mediaDir !== null) mediaDirOf(collection);
  };
  const stop = async () => {
    clearInterval(timer);
    waiting.length = 0;
    removeMediaDir(collection);
    for (const socket of sockets) socket.destroy();
    if (server.listening) await new Promise((closed) => server.close(closed));
  };

  await start();
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    collection,
    window,
    desktop: desktopUser(window, inTurn),
    state: () => stateSeen(window, state),
    carriedOut: () => carriedOut,
    be: (next) => {
      state = next;
      bringTo(window, next);
    },
    disturb: (next) => {
      decide = next;
    },
    stall: (ms) => {
      busyUntil = performance.now() + ms;
    },
    stop,
    start,
  };
}

/** The web pages it takes calls from by default, as measured; a call without an origin is from a program. */
const ALLOWED_ORIGIN = /^(http:\/\/localhost|http:\/\/127\.0\.0\.1(:\d+)?|https:\/\/127\.0\.0\.1|chrome-extension:.*)$/;

function answerTo({ origin, body }: Request, anki: Anki): string {
  if (anki.state === 'foreign')
    return httpReply('200 OK', 'text/html', '<!DOCTYPE html><title>Another program</title>');
  if (origin !== null && !ALLOWED_ORIGIN.test(origin)) return httpReply('403 Forbidden', 'application/json', '');
  return httpReply('200 OK', 'application/json', bodyFor(body, anki));
}
