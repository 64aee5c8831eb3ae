import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import type { Failed } from '#lib/domain/probe.ts';
import { alarm } from '#lib/probe/alarm.ts';
import { systemClock } from '#lib/probe/clock.ts';
import { probe, probeFailure, resolvesTo } from '#tests/support/probing.ts';
import { HEALTH, ok, rawServer, replying, stallingAfter, targetAt } from '#tests/support/raw-servers.ts';

const SHORT = { deadlineMs: 150 };
const HEAD = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 40\r\n\r\n';

test('a resolver that does not answer times out in dns, within the deadline of the whole', async () => {
  const result = await probeFailure(targetAt(8000, 'macbook.tail1234.ts.net'), {
    ...SHORT,
    resolve: () => new Promise(() => undefined),
  });
  expect(result).toMatchObject({ failedIn: 'dns', reason: 'timeout' });
  expect(Object.keys(result.timings)).toEqual(['dns']);
  expect('address' in result).toBe(false);
});

test('a process that no longer accepts connections times out while connecting', async () => {
  const target = targetAt(await portThatNobodyAccepts());
  expect(await probe(target, SHORT)).toMatchObject({ failedIn: 'tcp', reason: 'timeout', address: '127.0.0.1' });
});

test('a server that never answers the TLS greeting times out in tls', async () => {
  const port = await rawServer((socket) => socket.resume());
  expect(await probe(targetAt(port, '127.0.0.1', 'https'), SHORT)).toMatchObject({
    failedIn: 'tls',
    reason: 'timeout',
  });
});

test.each([
  ['accepts and stays silent', ''],
  ['only says that it will go on', 'HTTP/1.1 100 Continue\r\n\r\n'],
  ['stops in the middle of its headers', 'HTTP/1.1 200 OK\r\nContent-Type: appl'],
])('a server that %s times out while waiting for the first byte', async (_, bytes) => {
  const result = await probeFailure(targetAt(await stallingAfter(bytes)), SHORT);
  expect(result).toMatchObject({ failedIn: 'firstByte', reason: 'timeout' });
  expect(Object.keys(result.timings)).toEqual(['tcp', 'firstByte']);
});

test('a server that stops in the middle of the body times out in download', async () => {
  const result = await probeFailure(targetAt(await stallingAfter(`${HEAD}{"server":`)), SHORT);
  expect(result).toMatchObject({ failedIn: 'download', reason: 'timeout' });
});

test('a body that drips byte by byte does not outlive the deadline', async () => {
  const port = await rawServer((socket) => {
    socket.write(HEAD);
    const drip = setInterval(() => socket.write(' '), 10);
    socket.on('close', () => clearInterval(drip));
  });
  expect(await probe(targetAt(port), SHORT)).toMatchObject({ failedIn: 'download', reason: 'timeout' });
});

test('a timeout has waited for at least as long as it was told', async () => {
  const result = await probe(targetAt(await stallingAfter('')), SHORT);
  expect(result.totalMs).toBeGreaterThanOrEqual(SHORT.deadlineMs);
});

test('at the end of patience it tells once how far it came, and still waits for the late answer', async () => {
  const port = await rawServer((socket) =>
    socket.once('data', () => silence.promise.then(() => socket.end(ok(HEALTH)))),
  );
  const silence = Promise.withResolvers<Failed>();
  const told: Failed[] = [];
  const result = await probe(targetAt(port), {
    patienceMs: 50,
    onSilence: (soFar) => {
      told.push(soFar);
      silence.resolve(soFar);
    },
  });
  expect(told).toHaveLength(1);
  expect(told[0]).toMatchObject({ outcome: 'failed', failedIn: 'firstByte', reason: 'timeout', address: '127.0.0.1' });
  expect(told[0]?.totalMs).toBeGreaterThanOrEqual(50);
  expect(result.outcome).toBe('answered');
  expect(result.totalMs).toBeGreaterThan(told[0]?.totalMs ?? Number.NaN);
});

test('an answer within patience is not called silence afterwards', async () => {
  const told: Failed[] = [];
  const port = await replying(ok(HEALTH));
  await probe(targetAt(port), { patienceMs: 200, onSilence: (soFar) => told.push(soFar) });
  await probe(targetAt(await stallingAfter('')), { deadlineMs: 300 }); // outlives the other's patience
  expect(told).toEqual([]);
});

test('a name that resolves after the deadline is not connected to any more', async () => {
  let connections = 0;
  const port = await rawServer(() => {
    connections += 1;
  });
  const late = Promise.withResolvers<void>();
  const resolve = () => late.promise.then(() => resolvesTo('127.0.0.1')('', 0));
  await probe(targetAt(port, 'macbook.tail1234.ts.net'), { ...SHORT, resolve });
  late.resolve();
  await probe(targetAt(port), SHORT);
  expect(connections).toBe(1);
});

test('an alarm does not ring early, even when it was set after a busy stretch', async () => {
  const rangAfter = await new Promise<number>((resolve) => {
    setImmediate(() => {
      const busyUntil = performance.now() + 40;
      while (performance.now() < busyUntil);
      const start = performance.now();
      alarm(systemClock, start + 50, () => resolve(performance.now() - start));
    });
  });
  expect(rangAfter).toBeGreaterThanOrEqual(50);
});

/** A port whose process listens and is stuck; its queue of connections is full. */
async function portThatNobodyAccepts(): Promise<number> {
  const script = `const server = require('node:net').createServer().listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
    require('node:fs').writeSync(1, String(server.address().port));
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  });`;
  const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const [bytes] = await once(child.stdout, 'data');
  const port = Number(String(bytes));
  const queued = Array.from({ length: 8 }, () => connect({ host: '127.0.0.1', port }));
  onTestFinished(() => queued.forEach((socket) => void socket.destroy()));
  for (const socket of queued) socket.on('error', () => undefined);
  await Promise.race(queued.map((socket) => once(socket, 'connect')));
  return port;
}
