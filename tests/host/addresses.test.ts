import { expect, test } from 'vitest';
import { isOwnAddress, ownAddresses, tailnetAddress } from '#lib/host/addresses.ts';

test('every machine has a loopback address', () => {
  expect(ownAddresses()).toContain('127.0.0.1');
});

test.each([
  ['IPv4 before IPv6', ['fd7a:115c:a1e0::7', '192.168.1.20', '100.64.0.7'], '100.64.0.7'],
  ['IPv6 where there is no IPv4', ['192.168.1.20', 'fd7a:115c:a1e0:ab12::7'], 'fd7a:115c:a1e0:ab12::7'],
  ['the last of the range', ['100.127.255.254'], '100.127.255.254'],
  ['none just outside of the range', ['100.63.255.255', '100.128.0.0', 'fd7a:115c:a1e1::7'], undefined],
  ['none without tailscale', ['127.0.0.1', '::1', '192.168.1.20'], undefined],
])('the tailnet address is %s', (_, addresses, expected) => {
  expect(tailnetAddress(addresses)).toBe(expected);
});

test.each([
  ['127.0.0.1', true],
  ['127.200.3.4', true],
  ['::1', true],
  ['0:0:0:0:0:0:0:1', true],
  ['100.64.0.7', true],
  ['fd7a:115c:a1e0:0:0::7', true],
  ['fe80::1%en0', true],
  ['100.64.0.8', false],
  ['128.0.0.1', false],
  ['macbook.tail1234.ts.net', false],
  ['', false],
])('is %s an address of this machine? %s', (address, expected) => {
  expect(isOwnAddress(address, ['100.64.0.7', 'fd7a:115c:a1e0::7', 'fe80::1'])).toBe(expected);
});
