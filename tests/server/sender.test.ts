import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isOwnAddress, ownAddresses } from '#lib/host/addresses.ts';
import { believeLoopbackOnly, senderOf, tailnetSender } from '#lib/server/sender.ts';

let heard: IncomingHttpHeaders = {};
const server = createServer(({ headers }, response) => {
  heard = headers;
  response.end();
});

beforeAll(async () => {
  believeLoopbackOnly();
  server.listen(0, '::');
  await once(server, 'listening');
});
afterAll(() => server.close());

const FORGED = {
  'x-forwarded-for': '127.0.0.1',
  'Tailscale-User-Login': 'grant@example.com',
  'tailscale-headers-info': 'x',
  'tailscale-funnel-request': '?1',
  forwarded: 'for=127.0.0.1',
  'x-forwarded-proto': 'https',
  accept: 'text/html',
};

async function hear(host: string): Promise<IncomingHttpHeaders> {
  const { port } = server.address() as AddressInfo;
  const sent = request({ host, port, headers: FORGED, agent: false }).end();
  const [response] = await once(sent, 'response');
  response.resume();
  return heard;
}

test.each(['127.0.0.1', '::1'])('what serve writes is heard on loopback (%s)', async (host) => {
  expect(await hear(host)).toMatchObject({
    'x-forwarded-for': '127.0.0.1',
    'tailscale-user-login': 'grant@example.com',
    forwarded: 'for=127.0.0.1',
  });
});

const beyond = ownAddresses().filter((address) => !isOwnAddress(address, []) && !address.startsWith('fe80:'));

test.skipIf(beyond.length === 0)('a connection from beyond loopback says nothing of who it is', async () => {
  for (const address of beyond) {
    const { host: _, connection: __, ...told } = await hear(address);
    expect(told).toEqual({
      'x-forwarded-for': address,
      'tailscale-funnel-request': '?1',
      'x-forwarded-proto': 'https',
      accept: 'text/html',
    });
  }
});

const from = (address: string) => new Headers({ 'x-forwarded-for': address });

test.each([
  ['192.168.1.20', '192.168.1.20'],
  ['100.64.0.9', '100.64.0.9'],
  ['fd7a:115c:a1e0::9', 'fd7a:115c:a1e0::9'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
  ['2001:db8:1:2::ffff', '2001:db8:1:2'],
  ['2001:0DB8:0001:0002:0:0:0:1', '2001:db8:1:2'],
  ['2001:db8::1', '2001:db8:0:0'],
  ['::1', '0:0:0:0'],
  ['fe80::1%eth0', 'fe80:0:0:0'],
  ['192.168.1.20, 127.0.0.1', 'unknown'],
  ['nonsense', 'unknown'],
  ['', 'unknown'],
])('requests of %s are counted as those of %s', (address, sender) => {
  expect(senderOf(from(address))).toBe(sender);
});

test.each([
  ['100.64.0.9', '100.64.0.9'],
  ['fd7a:115c:a1e0::9', 'fd7a:115c:a1e0::9'],
  ['192.168.1.20', null],
  ['127.0.0.1', null],
  ['100.64.0.9, 100.64.0.10', null],
  ['100.64.0.9.evil.example', null],
  ['', null],
])('%s is a node of the tailnet: %s', (address, node) => {
  expect(tailnetSender(from(address))).toBe(node);
});
