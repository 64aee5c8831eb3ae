import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import type { Target } from '#lib/domain/probe.ts';

/** A health of which every part is fine, as the review server writes it. */
export const HEALTH = { server: 'ok', anki_addon: 'ok', ankiconnect: 'ok', anki_running: 'ok' };

/** Listens on a free port of one address until the test ends, and drops every connection then. */
export async function listen(server: Server, host = '127.0.0.1'): Promise<number> {
  const open = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    open.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => open.delete(socket));
  });
  server.listen(0, host);
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    for (const socket of open) socket.destroy();
  });
  return portOf(server);
}

/** A TCP server that does with each connection what it is told. */
export const rawServer = (onConnection: (socket: Socket) => void, host?: string): Promise<number> =>
  listen(createServer(onConnection), host);

/** A server that waits for the request, writes these bytes, and closes. */
export const replying = (bytes: string | Buffer, host?: string): Promise<number> =>
  rawServer((socket) => socket.once('data', () => socket.end(bytes)), host);

/** A server that waits for the request, writes these bytes, and keeps the connection open without another word. */
export const stallingAfter = (bytes: string): Promise<number> =>
  rawServer((socket) => socket.once('data', () => socket.write(bytes)));

/** A port of 127.0.0.1 where nothing listens. */
export async function closedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const port = portOf(server);
  server.close();
  await once(server, 'close');
  return port;
}

/** A 200 as uvicorn sends it, with a body of any shape. */
export function ok(body: unknown, headers: Readonly<Record<string, string>> = {}): string {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const all = {
    server: 'uvicorn',
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(text)),
    ...headers,
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 200 OK\r\n${lines.join('')}\r\n${text}`;
}

export const targetAt = (port: number, host = '127.0.0.1', scheme = 'http'): Target => ({
  kind: 'name',
  url: `${scheme}://${host}:${port}/health`,
});

/** Only a server on a socket path has a string for an address. */
const portOf = (server: Server): number => (server.address() as AddressInfo).port;
