import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';
import { isIP, isIPv6 } from 'node:net';
import { isTailnet } from '#lib/domain/tailnet.ts';
import { isOwnAddress } from '#lib/host/addresses.ts';

/** Published for each request before anything else sees it. Source: Node, `lib/_http_server.js`, `parserOnIncoming`. */
const CHANNEL = 'http.server.request.start';

/**
 * Who sends a request is believed of its headers on loopback only, where `tailscale serve` writes them. Of any other connection
 * they are taken away, and `x-forwarded-for` is its own address, for every HTTP server of this process.
 */
export const believeLoopbackOnly = (): void => subscribe(CHANNEL, (message) => disown(requestOf(message)));

/** Node publishes `{ request, response, socket, server }`. */
const requestOf = (message: unknown): IncomingMessage => (message as { readonly request: IncomingMessage }).request;

function disown({ headers, socket }: IncomingMessage): void {
  const address = socket.remoteAddress ?? '';
  if (isOwnAddress(address, [])) return;
  for (const name of Object.keys(headers)) if (tellsWho(name)) delete headers[name];
  headers['x-forwarded-for'] = address.replace(/^::ffff:(?=\d+\.)/i, '');
}

/** That a request came through Funnel speaks against it, so it is believed of anybody. */
const tellsWho = (name: string): boolean =>
  name === 'forwarded' || (name.startsWith('tailscale-') && name !== 'tailscale-funnel-request');

/** The node of the tailnet that sent a request, by its address; null where it is none, or this machine itself. */
export function tailnetSender(headers: Headers): string | null {
  const address = headers.get('x-forwarded-for') ?? '';
  return isIP(address) !== 0 && isTailnet(address) && !isOwnAddress(address) ? address : null;
}

/**
 * By what requests of one sender are counted together: its address; of an IPv6 address its network, within which anybody can make
 * up others. All of the tailnet’s are of one network, and are given out.
 */
export function senderOf(headers: Headers): string {
  const address = headers.get('x-forwarded-for') ?? '';
  if (isIP(address) === 0) return 'unknown';
  return isIPv6(address) && !isTailnet(address) ? networkOf(address) : address;
}

/** The first 64 bits of an IPv6 address. */
function networkOf(address: string): string {
  const [bare = ''] = address.split('%');
  const [head = '', tail] = new URL(`http://[${bare}]`).hostname.slice(1, -1).split('::');
  const front = head === '' ? [] : head.split(':');
  const back = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? [] : Array<string>(8 - front.length - back.length).fill('0');
  return [...front, ...zeros, ...back].slice(0, 4).join(':');
}
