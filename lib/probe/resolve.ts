import { lookup } from 'node:dns/promises';
import { isIP, isIPv4 } from 'node:net';
import type { Reason } from '#lib/domain/probe.ts';
import type { DurationMs } from '#lib/domain/time.ts';
import { classify, type Fault } from './classify.ts';
import { faultOf } from './fault.ts';

/** What a name means on this machine. `addresses` is never empty; its order is the system's. */
export type Resolved =
  | { readonly outcome: 'resolved'; readonly addresses: readonly string[] }
  | {
      readonly outcome: 'unresolved';
      readonly reason: Extract<Reason, 'not-found' | 'dns-failure' | 'timeout'>;
      readonly code?: string;
    };

/** Turns a host (a name, or an IP literal, which stands for itself) into addresses within `patienceMs`. Never rejects. */
export type Resolve = (host: string, patienceMs: DurationMs) => Promise<Resolved>;

/**
 * Asks the operating system (`getaddrinfo`), as every program on this machine does: /etc/hosts and the split DNS of
 * MagicDNS count. Nothing is remembered. A lookup holds one of libuv's four threads and cannot be called off, so a name
 * that is still being looked up is not looked up a second time: who asks meanwhile gets the same answer. `lookUp` must not
 * reject.
 */
export function osResolver(lookUp: (name: string) => Promise<Resolved> = askSystem): Resolve {
  const pending = new Map<string, Promise<Resolved>>();
  return (host, patienceMs) => {
    if (isIP(host) !== 0) return Promise.resolve({ outcome: 'resolved', addresses: [host] });
    let answer = pending.get(host);
    if (answer === undefined) {
      answer = lookUp(host).finally(() => pending.delete(host));
      pending.set(host, answer);
    }
    return within(patienceMs, answer);
  };
}

/** IPv4 before IPv6: it is what a phone falls back to in a tailnet, and where a server bound to 0.0.0.0 can be met. */
export const pickAddress = (addresses: readonly string[]): string | undefined =>
  addresses.find((address) => isIPv4(address)) ?? addresses[0];

async function askSystem(host: string): Promise<Resolved> {
  try {
    const found = await lookup(host, { all: true, order: 'verbatim' });
    const addresses = found.map(({ address }) => address);
    return addresses.length > 0 ? { outcome: 'resolved', addresses } : unresolved({ code: 'ENODATA' });
  } catch (error) {
    return unresolved(faultOf(error));
  }
}

function unresolved({ code }: Fault): Resolved {
  const reason = classify(code === undefined ? {} : { code }, 'dns');
  const known = reason === 'not-found' || reason === 'timeout' ? reason : 'dns-failure';
  return { outcome: 'unresolved', reason: known, ...(code === undefined ? {} : { code }) };
}

function within(patienceMs: DurationMs, answer: Promise<Resolved>): Promise<Resolved> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve({ outcome: 'unresolved', reason: 'timeout' }), patienceMs);
    answer.then((resolved) => {
      clearTimeout(timer);
      resolve(resolved);
    });
  });
}
