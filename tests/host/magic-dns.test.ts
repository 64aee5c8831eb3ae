import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { expect, onTestFinished, test } from 'vitest';
import { magicDns } from '#lib/host/magic-dns.ts';
import { type DnsAnswer, type DnsZone, dnsStub } from '#tests/support/dns-stub.ts';
import { fc } from '#tests/support/fast-check.ts';

const NAME = 'macbook.tail1234.ts.net';

async function serving(zone: DnsZone) {
  const stub = await dnsStub({ zones: { [NAME]: zone } });
  onTestFinished(stub.stop);
  return stub;
}

test('tells every address, IPv4 first, and asks once for each family', async () => {
  const stub = await serving({ a: ['100.64.0.7'], aaaa: ['fd7a:115c:a1e0::7', 'fd7a:115c:a1e0::8'] });
  expect(await magicDns(NAME, stub.server)).toEqual({
    told: { addresses: ['100.64.0.7', 'fd7a:115c:a1e0::7', 'fd7a:115c:a1e0::8'] },
  });
  expect([...stub.asked].sort()).toEqual([`A ${NAME}`, `AAAA ${NAME}`]);
});

test('a name that nobody has is not found', async () => {
  const stub = await serving({});
  expect(await magicDns('other.tail1234.ts.net', stub.server)).toEqual({ told: { failed: 'not-found' } });
});

test('a name without an address is not found either', async () => {
  const stub = await serving({ a: [], aaaa: [] });
  expect(await magicDns(NAME, stub.server)).toEqual({ told: { failed: 'not-found' } });
});

test.each<[string, DnsAnswer]>([
  ['silence', 'silence'],
  ['a failure', 'servfail'],
  ['no such name', 'nxdomain'],
  ['garbage', 'garbage'],
])('%s about IPv6 does not hide the IPv4 address', async (_, aaaa) => {
  const stub = await serving({ a: ['100.64.0.7'], aaaa });
  expect(await magicDns(NAME, stub.server)).toEqual({ told: { addresses: ['100.64.0.7'] } });
});

test('a server that says nothing is silent after a second', async () => {
  const stub = await serving({ a: 'silence', aaaa: 'silence' });
  const started = performance.now();
  expect(await magicDns(NAME, stub.server)).toEqual({ told: { failed: 'silent' } });
  const took = performance.now() - started;
  expect(took).toBeGreaterThan(900);
  expect(took).toBeLessThan(10_000);
});

test('half a silence proves nothing of the name', async () => {
  const stub = await serving({ a: 'silence', aaaa: [] });
  expect(await magicDns(NAME, stub.server)).toEqual({ told: { failed: 'silent' } });
});

test('a port on which nobody answers is silent', async () => {
  const stub = await dnsStub({ zones: {} });
  await stub.stop();
  expect(await magicDns(NAME, stub.server)).toEqual({ told: { failed: 'silent' } });
});

test.each<[DnsAnswer, string]>([
  ['servfail', 'ESERVFAIL'],
  ['refused', 'EREFUSED'],
  ['garbage', 'EBADRESP'],
])('an answer of %s is no answer about the name', async (answer, code) => {
  const stub = await serving({ a: answer, aaaa: answer });
  expect(await magicDns(NAME, stub.server)).toEqual({ why: 'unreadable', detail: expect.stringContaining(code) });
});

test.each(['', '.', 'a..b', `${'x'.repeat(64)}.ts.net`, 'ü.ts.net', '100.64.0.7'])(
  'the name “%s” is answered, never thrown',
  async (name) => {
    const stub = await serving({});
    const answer = await magicDns(name, stub.server);
    expect('told' in answer ? answer.told : answer.why).toBeDefined();
  },
);

test('whatever bytes come back, it tells something', async () => {
  const bytes = { now: new Uint8Array() };
  const socket = createSocket('udp4');
  socket.on('message', (query, from) => {
    socket.send(Buffer.concat([query.subarray(0, 2), bytes.now]), from.port, from.address);
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  onTestFinished(() => new Promise((closed) => socket.close(() => closed(undefined))));
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (reply) => {
      bytes.now = reply;
      const answer = await magicDns(NAME, `127.0.0.1:${socket.address().port}`);
      expect('told' in answer || answer.why === 'unreadable').toBe(true);
    }),
    { numRuns: 100, interruptAfterTimeLimit: 8_000 },
  );
});
