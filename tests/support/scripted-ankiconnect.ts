import { createServer, type Socket } from 'node:net';
import { type Anki, type AnkiConnectGeneration, type AnkiState, bodyFor } from './ankiconnect-answers.ts';
import { listenSteadily } from './steady-port.ts';

export type ScriptedAnkiConnect = {
  readonly url: string;
  readonly port: number;
  /** What Anki is doing, whether or not it has AnkiConnect. */
  readonly state: () => AnkiState;
  /** Every action that was carried out, in order, those inside a `multi` included. */
  readonly carriedOut: () => readonly string[];
  /** Anki goes on in another state; requests that wait are answered from it. */
  be(state: AnkiState): void;
  /** Quits Anki: the port refuses. */
  stop(): Promise<void>;
  /** Opens Anki again, on the same port, unless it is open. */
  start(): Promise<void>;
};

export type AnkiConnectOptions = {
  readonly state?: AnkiState;
  /** A free one unless told. */
  readonly port?: number;
  readonly generation?: AnkiConnectGeneration;
  /** What it wants as `key` while it is `key-needed`. */
  readonly apiKey?: string;
};

/** Anki's timer asks for work this often, and takes one connection each time. */
const TICK_MS = 25;
const BACKLOG = 5;
/** How long it waits, and everyone with it, for the rest of a request of which it has read a part. */
const HALF_REQUEST_MS = 5_000;

/**
 * AnkiConnect as far as reading goes, on loopback: answers 200 to everything and closes the socket after each answer
 * without saying so; looks for work every 25 ms, one new connection each time; `version` answers with the collection
 * closed; what a caller left behind is carried out when its turn comes.
 */
export async function scriptedAnkiConnect(options: AnkiConnectOptions = {}): Promise<ScriptedAnkiConnect> {
  const { generation = '25.11.9', apiKey = 'a key of its owner' } = options;
  let state = options.state ?? 'reviewing';
  const carriedOut: string[] = [];
  const anki = (): Anki => ({ state, generation, apiKey, onAction: (action) => carriedOut.push(action) });

  const waiting: Socket[] = [];
  const sockets = new Set<Socket>();
  const server = createServer({ pauseOnConnect: true }, (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => undefined);
    waiting.push(socket);
  });
  let isBusy = false;
  const tick = async () => {
    const socket = isBusy || state === 'hung' ? undefined : waiting.shift();
    if (socket === undefined) return;
    isBusy = true;
    await serve(socket, anki);
    isBusy = false;
  };

  let port = options.port ?? 0;
  let timer: NodeJS.Timeout | undefined;
  const start = async () => {
    if (server.listening) return;
    port = await listenSteadily(server, { port, host: '127.0.0.1', backlog: BACKLOG });
    timer = setInterval(tick, TICK_MS);
  };
  const stop = async () => {
    clearInterval(timer);
    waiting.length = 0;
    for (const socket of sockets) socket.destroy();
    if (server.listening) await new Promise((closed) => server.close(closed));
  };

  await start();
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    state: () => state,
    carriedOut: () => carriedOut,
    be: (next) => {
      state = next;
    },
    stop,
    start,
  };
}

/** Reads one request, answers it and closes. Resolves when Anki is free for the next. */
function serve(socket: Socket, anki: () => Anki): Promise<void> {
  return new Promise((free) => {
    let read = Buffer.alloc(0);
    const patience = setTimeout(() => socket.destroy(), HALF_REQUEST_MS);
    socket.on('close', () => {
      clearTimeout(patience);
      free();
    });
    socket.on('data', (chunk: Buffer) => {
      read = Buffer.concat([read, chunk]);
      const request = requestIn(read);
      if (request === null) return;
      socket.end(answerTo(request, anki()));
      free();
    });
    socket.resume();
  });
}

type Request = { readonly origin: string | null; readonly body: string };

/** A complete request, or null while some of it is missing. */
function requestIn(read: Buffer): Request | null {
  const end = read.indexOf('\r\n\r\n');
  if (end < 0) return null;
  const head = read.subarray(0, end).toString('latin1');
  const length = Number(/^content-length: *(\d+)/im.exec(head)?.[1] ?? 0);
  const body = read.subarray(end + 4);
  if (body.length < length) return null;
  return { origin: /^origin: *(.*)$/im.exec(head)?.[1] ?? null, body: body.subarray(0, length).toString() };
}

/** The web pages it takes calls from by default, as measured; a call without an origin is from a program. */
const ALLOWED_ORIGIN = /^(http:\/\/localhost|http:\/\/127\.0\.0\.1(:\d+)?|https:\/\/127\.0\.0\.1|chrome-extension:.*)$/;

function answerTo({ origin, body }: Request, anki: Anki): string {
  if (anki.state === 'foreign') return reply('200 OK', 'text/html', '<!DOCTYPE html><title>Another program</title>');
  if (origin !== null && !ALLOWED_ORIGIN.test(origin)) return reply('403 Forbidden', 'application/json', '');
  return reply('200 OK', 'application/json', bodyFor(body, anki));
}

const reply = (status: string, type: string, body: string): string =>
  `HTTP/1.1 ${status}\r\nContent-Type: ${type}\r\nAccess-Control-Allow-Origin: http://localhost\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
