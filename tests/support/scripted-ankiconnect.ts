import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';

/** What Anki is doing, as far as a reader of its cards can tell. */
export const ANKI_STATES = ['reviewing', 'no-reviewer', 'collection-closed', 'hung'] as const;
export type AnkiState = (typeof ANKI_STATES)[number];

export type ScriptedAnkiConnect = {
  readonly url: string;
  readonly port: number;
  /** Anki goes on in another state; requests that wait are answered from it. */
  be(state: AnkiState): void;
  /** Quits Anki: the port refuses. */
  stop(): Promise<void>;
  /** Opens Anki again, on the same port, unless it is open. */
  start(): Promise<void>;
};

type Call = { readonly action?: string; readonly version?: number };
type Outcome = { readonly result: unknown } | { readonly error: string };

/** Anki's timer asks for work this often, and takes one connection each time. */
const TICK_MS = 25;
const BACKLOG = 5;

const CARD = {
  cardId: 1_498_938_915_662,
  fields: { Front: { value: 'la mano', order: 0 }, Back: { value: 'hand', order: 1 } },
  fieldOrder: 0,
  question: '<style>.card { font-size: 20px }</style>la mano',
  answer: '<style>.card { font-size: 20px }</style>la mano<hr id=answer>hand',
  buttons: [1, 2, 3, 4],
  nextReviews: ['<\u20681\u2069m', '<\u20686\u2069m', '<\u206810\u2069m', '\u20684\u2069d'],
  modelName: 'Basic',
  deckName: 'Spanish',
  css: '.card { font-size: 20px }',
  template: 'Card 1',
};

/**
 * AnkiConnect 25.11.9.0 as far as reading goes, on loopback: answers 200 to everything and closes the socket after each
 * answer without saying so; looks for work every 25 ms, one new connection each time; `version` answers with the
 * collection closed. Listens on a free port unless told one.
 */
export async function scriptedAnkiConnect(
  options: { state?: AnkiState; port?: number } = {},
): Promise<ScriptedAnkiConnect> {
  let state = options.state ?? 'reviewing';
  const waiting: Socket[] = [];
  const sockets = new Set<Socket>();
  const server = createServer({ pauseOnConnect: true }, (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => undefined);
    waiting.push(socket);
  });
  let port = options.port ?? 0;
  let timer: NodeJS.Timeout | undefined;
  const tick = () => {
    const socket = state === 'hung' ? undefined : waiting.shift();
    if (socket) serve(socket, () => state);
  };

  const start = async () => {
    if (server.listening) return;
    port = await listen(server, port);
    timer = setInterval(tick, TICK_MS);
  };
  const stop = async () => {
    clearInterval(timer);
    waiting.length = 0;
    for (const socket of sockets) socket.destroy();
    if (server.listening) await new Promise((closed) => server.close(closed));
  };

  await start();
  const be = (next: AnkiState) => {
    state = next;
  };
  return { url: `http://127.0.0.1:${port}`, port, be, stop, start };
}

function serve(socket: Socket, state: () => AnkiState): void {
  let request = '';
  socket.on('data', (chunk) => {
    request += chunk.toString('latin1');
    const body = bodyOf(request);
    if (body === null) return;
    const json = JSON.stringify(body === '' ? { apiVersion: 'AnkiConnect v.6' } : answerTo(body, state()));
    socket.end(
      `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nAccess-Control-Allow-Origin: http://localhost\r\nContent-Length: ${Buffer.byteLength(json)}\r\n\r\n${json}`,
    );
  });
  socket.resume();
}

/** The body of a complete request, or null while some of it is missing. */
function bodyOf(request: string): string | null {
  const end = request.indexOf('\r\n\r\n');
  if (end < 0) return null;
  const length = Number(/^content-length: *(\d+)/im.exec(request.slice(0, end))?.[1] ?? 0);
  const body = request.slice(end + 4);
  return body.length < length ? null : body.slice(0, length);
}

/** From version 5 on an answer has both keys; before, a success is the bare result. */
function answerTo(body: string, state: AnkiState): unknown {
  const { action = '', version = 4 } = JSON.parse(body) as Call;
  const outcome = act(action, state);
  if ('error' in outcome) return { result: null, error: outcome.error };
  return version <= 4 ? outcome.result : { result: outcome.result, error: null };
}

function act(action: string, state: AnkiState): Outcome {
  const closed: Outcome | null = state === 'collection-closed' ? { error: 'collection is not available' } : null;
  switch (action) {
    case 'version':
      return { result: 6 };
    case 'deckNames':
      return closed ?? { result: ['Default', 'Spanish', 'Spanish::Verbs'] };
    case 'guiReviewActive':
      return { result: state === 'reviewing' };
    case 'guiCurrentCard':
      return closed ?? (state === 'reviewing' ? { result: CARD } : { error: 'Gui review is not currently active.' });
    default:
      return { error: 'unsupported action' };
  }
}

/** Resolves to the port it listens on. */
async function listen(server: Server, port: number): Promise<number> {
  server.listen({ port, host: '127.0.0.1', backlog: BACKLOG });
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('not listening on a port');
  return address.port;
}
