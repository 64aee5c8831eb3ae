import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { CARD_ASSETS_URL, CARD_FRAME_URL } from '#lib/contract/card-frame.ts';
import { cardFrame } from '#lib/server/card-frame.ts';
import { securityHeaders } from '#lib/server/security-headers.ts';
import { answerModule, MODULE_IMPORTS } from './browser-modules.ts';

const IMPORT_MAP = JSON.stringify({ imports: MODULE_IMPORTS });
const PAGE = `<!doctype html><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>cards</title>
<link rel="stylesheet" href="/page.css"><script type="importmap">${IMPORT_MAP}</script>
<div id="room"></div><script type="module" src="/tests/support/card-page-client.ts"></script>`;
const STYLE = `html,body{margin:0;height:100%}body{display:flex;background:#fff}#room{flex:1;display:flex}
iframe{flex:1;border:0;width:100%;height:100%}@media(prefers-color-scheme:dark){body{background:#1c1c1e}}`;

/** One of a card's files, where Lifeline serves it. */
export const MEDIA_BASE = '/api/review/media/token/';

export type CardPageServer = {
  readonly url: string;
  /** The paths of all requests for media. */
  readonly mediaAsked: string[];
  readonly close: () => Promise<void>;
};

export type File = { readonly type: string; readonly body: Buffer | string };

const HTML = 'text/html; charset=utf-8';
const OWN: ReadonlyMap<string, File> = new Map([
  ['/', { type: HTML, body: PAGE }],
  ['/page.css', { type: 'text/css', body: STYLE }],
  [CARD_FRAME_URL, { type: HTML, body: cardFrame()?.html ?? 'The card frame is not built.' }],
]);

function asset(pathname: string): File | undefined {
  const isOne = pathname.startsWith(CARD_ASSETS_URL) && existsSync(join('public', pathname));
  return isOne ? { type: 'text/javascript', body: readFileSync(join('public', pathname)) } : undefined;
}

/** The page's own import map is one more inline script. */
function withImportMap(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const hash = createHash('sha256').update(IMPORT_MAP).digest('base64');
  const policy = headers['content-security-policy'] ?? '';
  return { ...headers, 'content-security-policy': policy.replace("script-src 'self'", `$& 'sha256-${hash}'`) };
}

/**
 * A page like /review, but for what it says around the card: with the frame's document that is built, and every header that
 * the product's own proxy gives it. `files` are the card's, by name.
 */
export async function startCardPage(files: Readonly<Record<string, File>> = {}): Promise<CardPageServer> {
  const mediaAsked: string[] = [];

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    const headers = securityHeaders({ path: pathname, query: searchParams, origin: `http://${request.headers.host}` });
    for (const [name, value] of Object.entries(pathname === '/' ? withImportMap(headers) : headers))
      response.setHeader(name, value);
    if (pathname.startsWith(MEDIA_BASE)) mediaAsked.push(pathname);
    const file = OWN.get(pathname) ?? asset(pathname) ?? files[decodeURIComponent(pathname.replace(MEDIA_BASE, ''))];
    if (file === undefined) await answerModule(pathname, response);
    else {
      response.setHeader('content-type', file.type);
      response.end(file.body);
    }
  }

  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.writeHead(404).end());
  });
  return { url: await listening(server), mediaAsked, close: () => closed(server) };
}

export type EvilServer = {
  readonly url: string;
  /** Whatever reached it, as `GET /path`. */
  readonly hits: string[];
  readonly close: () => Promise<void>;
};

/** Somebody else's server: it lets everyone in and counts who comes. */
export async function startEvilServer(): Promise<EvilServer> {
  const hits: string[] = [];
  const server = createServer((request, response) => {
    hits.push(`${request.method} ${request.url}`);
    response.writeHead(200, { 'access-control-allow-origin': '*', 'content-type': 'text/html' });
    response.end('<script>parent.postMessage({ type: "ready" }, "*")</script>');
  });
  server.on('upgrade', (request, socket) => {
    hits.push(`UPGRADE ${request.url}`);
    socket.destroy();
  });
  // A connection that asks nothing is a hit too.
  server.on('connection', () => hits.push('CONNECT'));
  return { url: await listening(server), hits, close: () => closed(server) };
}

async function listening(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('not listening on a port');
  return `http://127.0.0.1:${address.port}`;
}

async function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
}
