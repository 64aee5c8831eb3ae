import { BlockList, isIP, isIPv4 } from 'node:net';
import { networkInterfaces } from 'node:os';

/** The addresses tailscale gives to nodes: 100.64.0.0/10 of RFC 6598, and its own IPv6 prefix. */
const TAILNET = new BlockList();
TAILNET.addSubnet('100.64.0.0', 10, 'ipv4');
TAILNET.addSubnet('fd7a:115c:a1e0::', 48, 'ipv6');

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet('127.0.0.0', 8, 'ipv4');
LOOPBACK.addAddress('::1', 'ipv6');

/** Every address that an interface of this machine has now. */
export const ownAddresses = (): readonly string[] =>
  Object.values(networkInterfaces()).flatMap((all) => (all ?? []).map(({ address }) => address));

/**
 * This machine's address in its tailnet, IPv4 before IPv6. Told by its range: a provider that uses 100.64.0.0/10 for its
 * customers looks the same, so where `tailscale status` answers, its word counts more.
 */
export function tailnetAddress(addresses: readonly string[] = ownAddresses()): string | undefined {
  const found = addresses.filter((address) => isIn(TAILNET, address));
  return found.find((address) => isIPv4(address)) ?? found[0];
}

/** Does a connection to this IP literal end on this machine? All of 127.0.0.0/8 does. False for what is no literal. */
export function isOwnAddress(address: string, own: readonly string[] = ownAddresses()): boolean {
  if (isIn(LOOPBACK, address)) return true;
  const mine = new BlockList();
  for (const each of own) mine.addAddress(each, familyOf(each));
  return isIn(mine, address);
}

/** A zone (`fe80::1%en0`) says through which interface to go, not where to. */
function isIn(list: BlockList, address: string): boolean {
  const [bare = ''] = address.split('%');
  return isIP(bare) !== 0 && list.check(bare, familyOf(bare));
}

const familyOf = (address: string): 'ipv4' | 'ipv6' => (isIPv4(address) ? 'ipv4' : 'ipv6');
