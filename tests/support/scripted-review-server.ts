import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Generation } from '#lib/domain/facts.ts';
import { replyTo } from './review-server-answers.ts';
import type { Parts } from './review-server-call.ts';
import { listenSteadily } from './steady-port.ts';

/** How the server treats whoever connects. */
export const MANNERS = [
  'ok', // as the real one
  'slow', // as the real one, after `slowMs`
  'mismatched', // as one whose `/current` cannot read what stock AnkiConnect says
  'cardless', // as one whose `/current` crashes
  'astray', // as one that looks for Anki where it is not, such as in its own container
  'hung', // accepts and never answers
  'closed-early', // accepts, reads, closes
  'reset', // accepts, reads, resets
  'garbage', // another protocol: an SSH banner
  'html', // another program: a web page
  '503', // a proxy without its server
  '500', // the server's own crash
  'redirect',
  'truncated', // announces more than it sends
  'huge', // a body beyond every bound
  'bad-json',
] as const;
export type Manner = (typeof MANNERS)[number];

export type ScriptedReviewServer = {
  /** Of the bound address, without a path. */
  readonly url: string;
  readonly port: number;
  /** Treats every request from now on this way, as the generation it began as unless told; one that hangs keeps hanging. */
  be(manner: Manner, options?: { slowMs?: number; generation?: Generation }): void;
  /** Ends it as a kill does: open connections are cut, the port refuses. */
  stop(): Promise<void>;
  /** Starts it again on the same port, unless it runs. */
  start(): Promise<void>;
};

export type ReviewServerOptions = {
  readonly host?: string;
  /** 0 or absent: a free one. */
  readonly port?: number;
  readonly generation?: Generation;
  readonly parts: Parts;
};

type Respond = (request: IncomingMessage, response: ServerResponse) => void;

/** A real HTTP server that answers as the review server does, and falls ill as told. */
export async function scriptedReviewServer(options: ReviewServerOptions): Promise<ScriptedReviewServer> {
  const host = options.host ?? '127.0.0.1';
  let manner: Manner = 'ok';
  let slowMs = 0;
  let generation = options.generation ?? 'ankiconnect';
  const wellAnswer: Respond = async (request, response) => {
    const { pathname: path, searchParams: query } = new URL(request.url ?? '/', 'http://localhost');
    if (manner === 'cardless' && path === '/current') return illAnswer('500')(request, response);
    const parts = manner === 'astray' ? NOWHERE : options.parts;
    const backend = manner === 'mismatched' ? 'mismatched' : 'matching';
    const asked = { method: request.method ?? 'GET', path, query, body: await text(request).catch(() => '') };
    const [{ status, body, isText }] = await Promise.all([
      replyTo(asked, parts, { generation, backend }),
      new Promise((passed) => setTimeout(passed, manner === 'slow' ? slowMs : 0)),
    ]);
    if (isText) send(response, { status, type: 'text/plain; charset=utf-8' }, String(body));
    else sendJson(response, status, JSON.stringify(body));
  };
  const http = createHttpServer((request, response) => {
    // One request a connection, so that a change of manner meets the very next request.
    response.shouldKeepAlive = false;
    response.setHeader('server', 'uvicorn');
    (WELL.has(manner) ? wellAnswer : illAnswer(manner))(request, response);
  });

  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => undefined);
    const rude = RUDE[manner];
    if (rude) rude(socket);
    else http.emit('connection', socket);
  });

  let port = options.port ?? 0;
  const start = async () => {
    if (server.listening) return;
    // uvicorn's socket for `::` takes no IPv4. Source: network reference §0, finding 16.
    port = await listenSteadily(server, { port, host, ipv6Only: host === '::' });
  };
  const stop = async () => {
    for (const socket of sockets) socket.resetAndDestroy();
    if (server.listening) await new Promise((closed) => server.close(closed));
  };
  const be: ScriptedReviewServer['be'] = (next, also = {}) => {
    manner = next;
    slowMs = also.slowMs ?? 1_300;
    generation = also.generation ?? options.generation ?? 'ankiconnect';
  };

  await start();
  return { url: `http://${host.includes(':') ? `[${host}]` : host}:${port}`, port, be, stop, start };
}

/** Those that answer every request in full. */
const WELL: ReadonlySet<Manner> = new Set(['ok', 'slow', 'mismatched', 'cardless', 'astray']);

/** Nothing listens there. */
const NOWHERE: Parts = { ankiConnectUrl: 'http://127.0.0.1:1', bridgeUrl: 'http://127.0.0.1:1' };

/** What is done to a connection before any HTTP is read from it. */
const RUDE: Readonly<Partial<Record<Manner, (socket: Socket) => void>>> = {
  hung: (socket) => socket.resume(),
  'closed-early': (socket) => socket.once('data', () => socket.end()),
  reset: (socket) => socket.once('data', () => socket.resetAndDestroy()),
  garbage: (socket) => socket.end('SSH-2.0-OpenSSH_9.9\r\n'),
};

/** The HTTP answer of each illness that still speaks HTTP. */
function illAnswer(manner: Manner): Respond {
  return (_request, response) => {
    switch (manner) {
      case 'html':
        response.setHeader('server', 'SimpleHTTP/0.6 Python/3.13.1');
        return send(
          response,
          { status: 200, type: 'text/html' },
          '<!DOCTYPE html><title>Directory listing for /</title>',
        );
      case '503':
        response.setHeader('server', 'nginx');
        return send(response, { status: 503, type: 'text/html' }, '<h1>503 Service Temporarily Unavailable</h1>');
      case '500':
        return send(response, { status: 500, type: 'text/plain; charset=utf-8' }, 'Internal Server Error');
      case 'redirect':
        response.setHeader('location', 'https://macbook.tail1234.ts.net/health');
        return send(response, { status: 307, type: 'text/plain' }, '');
      case 'truncated':
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': 400 });
        response.write('{"server":"ok",', () => response.destroy());
        return;
      case 'huge':
        return sendJson(response, 200, JSON.stringify({ server: 'ok'.repeat(100_000) }));
      default:
        return sendJson(response, 200, '{"server":"ok","anki_addon":');
    }
  };
}

function sendJson(response: ServerResponse, status: number, json: string): void {
  send(response, { status, type: 'application/json' }, json);
}

function send(response: ServerResponse, { status, type }: { status: number; type: string }, body: string): void {
  response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(body) }).end(body);
}
