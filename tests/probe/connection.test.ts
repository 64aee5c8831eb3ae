import { expect, test } from 'vitest';
import { probe, probeFailure, resolvesTo } from '#tests/support/probing.ts';
import { closedPort, HEALTH, ok, rawServer, replying, targetAt } from '#tests/support/raw-servers.ts';

test('a healthy server is answered, with every phase it walked and no other', async () => {
  const target = targetAt(await replying(ok(HEALTH)));
  const result = await probe(target);
  expect(result).toMatchObject({
    outcome: 'answered',
    status: 200,
    target,
    address: '127.0.0.1',
    health: { server: 'ok', ankiAddon: 'ok', ankiConnect: 'ok', ankiRunning: 'ok' },
  });
  expect(Object.keys(result.timings)).toEqual(['tcp', 'firstByte', 'download']);
  expect('addresses' in result).toBe(false);
});

test('the phases of a probe add up to its total time', async () => {
  const result = await probe(targetAt(await replying(ok(HEALTH)), 'localhost'), { resolve: resolvesTo('127.0.0.1') });
  const sum = Object.values(result.timings).reduce((total, phase) => total + phase, 0);
  expect(Object.keys(result.timings)).toEqual(['dns', 'tcp', 'firstByte', 'download']);
  expect(sum).toBeCloseTo(result.totalMs, 6);
});

test('a probe is dated by the wall clock and measured by the monotonic one', async () => {
  let mono = 5;
  const clock = { now: () => 1_700_000_000_000, mono: () => mono++ };
  const result = await probe(targetAt(await replying(ok(HEALTH))), { clock });
  expect(result.startedAt).toBe(1_700_000_000_000);
  expect(Number.isInteger(result.totalMs)).toBe(true);
});

test('a server on IPv6 only is reached at its literal', async () => {
  const port = await replying(ok(HEALTH), '::1');
  expect(await probe(targetAt(port, '[::1]'))).toMatchObject({ outcome: 'answered', address: '::1' });
  expect(await probe(targetAt(port))).toMatchObject({ reason: 'refused' });
});

test('the request names the host of the URL, whatever address it goes to, and asks for one answer only', async () => {
  const heard = Promise.withResolvers<string>();
  const port = await rawServer((socket) =>
    socket.once('data', (bytes) => {
      heard.resolve(bytes.toString());
      socket.end(ok(HEALTH));
    }),
  );
  const target = { ...targetAt(port, 'macbook.tail1234.ts.net'), address: '127.0.0.1' };
  expect(await probe(target)).toMatchObject({ outcome: 'answered', address: '127.0.0.1' });
  const lines = (await heard.promise).toLowerCase().split('\r\n');
  expect(lines[0]).toBe('get /health http/1.1');
  expect(lines).toContain(`host: macbook.tail1234.ts.net:${port}`);
  expect(lines).toContain('connection: close');
  expect(lines).toContain('accept: application/json');
});

test('a port where nothing listens refuses, while connecting', async () => {
  const result = await probeFailure(targetAt(await closedPort()));
  expect(result).toMatchObject({ failedIn: 'tcp', reason: 'refused', code: 'ECONNREFUSED' });
  expect(Object.keys(result.timings)).toEqual(['tcp']);
  expect('local' in result).toBe(false);
});

test('a failed phase holds the time until it failed', async () => {
  const result = await probeFailure(targetAt(await closedPort()));
  expect(result.timings.tcp).toBeGreaterThan(0);
  expect(result.timings.tcp).toBe(result.totalMs);
});

test('a server that drops the connection as soon as it stands resets, before any response', async () => {
  const result = await probeFailure(targetAt(await rawServer((socket) => socket.resetAndDestroy())));
  expect(result).toMatchObject({ reason: 'reset', code: 'ECONNRESET' });
  expect(['tcp', 'firstByte']).toContain(result.failedIn); // the kernel tells it to whichever call comes first
});

test('a server that resets after the request fails while waiting for the first byte', async () => {
  const port = await rawServer((socket) => socket.once('data', () => socket.resetAndDestroy()));
  expect(await probe(targetAt(port))).toMatchObject({ failedIn: 'firstByte', reason: 'reset', code: 'ECONNRESET' });
});

test('a server that closes as soon as the connection stands closed early', async () => {
  const port = await rawServer((socket) => socket.resume().end());
  expect(await probe(targetAt(port))).toMatchObject({ failedIn: 'firstByte', reason: 'closed-early' });
});

test('a server that reads the request and closes without a word closed early', async () => {
  const port = await replying('');
  expect(await probe(targetAt(port))).toMatchObject({ failedIn: 'firstByte', reason: 'closed-early' });
});

test('a server that closes in the middle of the head closed early: there was no response', async () => {
  const port = await replying('HTTP/1.1 200 OK\r\nContent-Le');
  expect(await probe(targetAt(port))).toMatchObject({ failedIn: 'firstByte', reason: 'closed-early' });
});
