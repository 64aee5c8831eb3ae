import { isIP, isIPv4 } from 'node:net';
import type { Listener } from '#lib/domain/host-facts.ts';

type Where = Pick<Listener, 'address' | 'family' | 'port'>;

/**
 * Where a socket listens, from an address without brackets (`*`, `0.0.0.0`, `::`, `::1`, `fe80::1%en0`, `::ffff:127.0.0.1`)
 * and a decimal port. Undefined when either is none.
 */
export function listeningAt(address: string, port: string, family: Listener['family']): Where | undefined {
  const number = /^\d{1,5}$/.test(port) ? Number(port) : 0;
  if (number < 1 || number > 65_535) return undefined;
  // An IPv6 socket on an address of IPv4 takes nothing but IPv4.
  const bare = address.replace(/^::ffff:(?=\d+\.)/i, '');
  const [host = '', zone] = bare.split('%');
  if ((host !== '*' && isIP(host) === 0) || zone === '') return undefined;
  const isWildcard = host === '*' || host === '0.0.0.0' || host === '::';
  const name = isWildcard ? '*' : host;
  return {
    address: zone === undefined || (isIPv4(host) && !isWildcard) ? name : `${name}%${zone}`,
    family: isIPv4(host) ? 'ipv4' : family,
    port: number,
  };
}

/**
 * For tables that show an IPv6 socket on every address without saying whether it takes IPv4 too. Where another socket has
 * the port on every IPv4 address, IPv4 goes there; elsewhere it stays open.
 */
export function settleFamilies<L extends Listener>(listeners: readonly L[]): readonly L[] {
  const hasIpv4 = new Set(listeners.filter(isEveryIpv4).map(({ port }) => port));
  return listeners.map((listener) => {
    if (listener.family !== 'ipv6' || listener.address !== '*' || hasIpv4.has(listener.port)) return listener;
    return { ...listener, family: 'both', mayBeIpv6Only: true };
  });
}

const isEveryIpv4 = ({ family, address }: Listener): boolean => family === 'ipv4' && address === '*';
