import type { Listener } from '#lib/domain/host-facts.ts';

export const isIPv6 = (address: string): boolean => address.includes(':');

export const isLoopbackAddress = (address: string): boolean => address.startsWith('127.') || address === '::1';

const isWildcard = (address: string): boolean => ['*', '0.0.0.0', '::'].includes(address);

/** Whether a connection to `address` is known to reach this socket. One bound to an interface is not known to. */
export function isOpenTo({ address: own, family, mayBeIpv6Only }: Listener, address: string): boolean {
  if (!isWildcard(own)) return own.toLowerCase() === address.toLowerCase();
  if (isIPv6(address)) return family !== 'ipv4';
  return family === 'ipv4' || (family === 'both' && mayBeIpv6Only !== true);
}

/** Whether the socket takes connections from this machine only. */
export const isLoopbackOnly = ({ address }: Listener): boolean =>
  isLoopbackAddress(address) || address === '*%lo' || address === '*%lo0';

/** Whether it takes every IPv4 address, and no other. */
export const isIPv4Only = ({ address, family }: Listener): boolean => isWildcard(address) && family === 'ipv4';

/** Whether it takes every IPv6 address, and as far as the table can tell no other. */
export const mayBeIPv6Only = ({ address, family, mayBeIpv6Only }: Listener): boolean =>
  isWildcard(address) && (family === 'ipv6' || mayBeIpv6Only === true);
