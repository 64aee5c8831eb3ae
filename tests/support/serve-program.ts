// Run as a program named `tailscaled`: one port of the tailnet address as `tailscale serve` has it, `tcp`, `http` or `https`
// (self-signed), in front of 127.0.0.1:8000. Sources: network reference §2.5, and R23, R33 for a backend that is gone.
import { createServer as createHttpServer, type RequestListener, request } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { connect, createServer, type Server } from 'node:net';
import { makeSelfSigned } from './certificates.ts';

const [mode, port, address = '100.64.0.7'] = process.argv.slice(2);
const BACKEND = { host: '127.0.0.1', port: 8_000 };

/** Go's ReverseProxy answers 502 without a body when nobody is behind it. */
const proxy: RequestListener = (incoming, outgoing) => {
  const behind = request({ ...BACKEND, agent: false, path: incoming.url, headers: incoming.headers }, (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(outgoing);
  });
  behind.on('error', () => outgoing.writeHead(502).end());
  behind.end();
};

/** Takes the connection first, and closes it when nobody is behind it. */
const forward = (): Server =>
  createServer((client) => {
    const behind = connect(BACKEND);
    behind.on('error', () => client.destroy());
    client.on('error', () => behind.destroy());
    client.pipe(behind).pipe(client);
  });

const server =
  mode === 'tcp'
    ? forward()
    : mode === 'http'
      ? createHttpServer(proxy)
      : createHttpsServer(await makeSelfSigned(address), proxy);
server.listen(Number(port), address, () => console.log(JSON.stringify({ pid: process.pid })));
