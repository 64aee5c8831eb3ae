import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { renderCard } from './anki-template.ts';
import { type AnkiWindow, shownCard } from './anki-window.ts';
import type { AnkiState } from './ankiconnect-answers.ts';
import { listenSteadily } from './steady-port.ts';

export type ScriptedBridge = {
  readonly url: string;
  /** Where it listens now, or did last. */
  readonly port: number;
  /** Quits Anki or takes the add-on out: the port refuses. */
  stop(): Promise<void>;
  /** Opens Anki again, unless it is open; the first of its ports that is free is taken. */
  start(): Promise<void>;
  /** Anki is closed and opened again, and meanwhile another program took the first port. It has it until the next stop. */
  moveOver(): Promise<void>;
};

export type BridgeOptions = {
  /** The Anki it lives in, with AnkiConnect or without. */
  readonly anki: { readonly state: () => AnkiState; readonly window: AnkiWindow };
  /** In the order it tries them; two that are free unless told. The real one has 8770 and 8771. */
  readonly ports?: readonly number[];
};

/**
 * The bridge add-on on loopback: answers `/ping` from a thread of its own, also while Anki's window is stuck, and lets
 * `/current` wait for that window for as long as it takes. Source: review reference §2.3. Throws when no port is free.
 */
export async function scriptedBridge({ anki, ports = [0, 0] }: BridgeOptions): Promise<ScriptedBridge> {
  const server = createServer(async (request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    if (path === '/ping') return send(response, 200, { ok: true });
    if (path !== '/current') return send(response, 404, { error: 'not found' });
    await turnOf(request, anki.state);
    send(response, 200, shownBy(anki.window));
  });
  const intruder = createServer((_, response) => response.writeHead(404).end());

  const homes = [...ports];
  let port = 0;
  const start = async () => {
    if (server.listening) return;
    for (const [place, home] of homes.entries()) {
      const taken = await listen(server, home);
      if (taken === null) continue;
      homes[place] = port = taken;
      return;
    }
    throw new Error(`none of the ports ${homes.join(', ')} is free`);
  };
  const stop = async () => {
    await Promise.all([server, intruder].map(close));
  };

  await start();
  return {
    get url() {
      return `http://127.0.0.1:${port}`;
    },
    get port() {
      return port;
    },
    stop,
    start,
    moveOver: async () => {
      await stop();
      await listen(intruder, homes[0] ?? 0);
      await start();
    },
  };
}

/** The port it listens on now; null where that is taken. */
async function listen(server: Server, port: number): Promise<number | null> {
  try {
    return await listenSteadily(server, { port, host: '127.0.0.1' });
  } catch {
    return null;
  }
}

async function close(server: Server): Promise<void> {
  if (!server.listening) return;
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}

function shownBy(window: AnkiWindow) {
  const card = shownCard(window);
  if (card === null) return { status: 'idle' };
  const { question, answer } = renderCard(window.collection, card);
  const { id: cardId, noteId, deckId } = card;
  const sides = { front_html: withPlayButtons(question), back_html: withPlayButtons(answer) };
  return { status: 'ok', cardId, noteId, deckId, ...sides };
}

/** As Anki's own reviewer has them, which AnkiConnect leaves as marks. */
const withPlayButtons = (html: string): string =>
  html.replace(
    /\[anki:(play:[qa]:\d+)\]/g,
    `<a class="replay-button soundLink" href=# onclick="pycmd('$1'); return false;"><svg class="playImage" viewBox="0 0 64 64"><circle cx="32" cy="32" r="29"/></svg></a>`,
  );

/** Resolves when Anki's window has time, or nobody waits any more. */
async function turnOf({ socket }: IncomingMessage, state: () => AnkiState): Promise<void> {
  while (state() === 'hung' && !socket.destroyed) await pause(25);
}

function send(response: ServerResponse, status: number, body: object): void {
  response.shouldKeepAlive = false;
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
