import { connect, isIP, type Socket } from 'node:net';
import { checkServerIdentity, connect as connectTls, createSecureContext, type SecureContext } from 'node:tls';
import { type Why, whyOf } from './fault.ts';
import type { Walk } from './walk.ts';

/** The URL's host without the brackets of an IPv6 literal. */
export const hostOf = (url: URL): string => url.hostname.replace(/^\[(.*)\]$/, '$1');

/**
 * Opens a fresh socket to one IP literal and, for https, speaks TLS on it; the certificate must be good for the URL's
 * host, whatever the address. A literal is one attempt: Node tries several addresses (and gives up on each after 250 ms)
 * for names only. Never rejects. The walk holds the socket.
 */
export function openLine(walk: Walk, url: URL, address: string): Promise<Socket | Why> {
  return new Promise((settle) => {
    const secure = url.protocol === 'https:';
    const socket = secure ? dialTls(url, address) : dial(url, address);
    walk.hold(socket);
    socket.on('error', (error) => settle(whyOf(error, walk.phase)));
    socket.on('connect', () => (secure ? walk.enter('tls') : settle(socket)));
    socket.on('secureConnect', () => settle(socket));
  });
}

function dial(url: URL, address: string): Socket {
  return connect({ host: address, port: Number(url.port || 80) });
}

let context: SecureContext | undefined;

/**
 * What is trusted: this process' default authorities, read at the first https probe and kept. No post-quantum key share is
 * offered, since a probe sends nothing secret. The two save a quarter of an https probe's CPU, most of which is OpenSSL's.
 */
const secureContext = (): SecureContext => {
  context ??= createSecureContext({ ecdhCurve: 'X25519:P-256:P-384' });
  return context;
};

function dialTls(url: URL, address: string): Socket {
  const host = hostOf(url);
  return connectTls({
    host: address,
    port: Number(url.port || 443),
    secureContext: secureContext(),
    rejectUnauthorized: true, // also under NODE_TLS_REJECT_UNAUTHORIZED=0: the phone would refuse
    ALPNProtocols: ['http/1.1'],
    servername: isIP(host) === 0 ? host : '', // RFC 6066 §3: an address is no server name
    checkServerIdentity: (_, certificate) => checkServerIdentity(host, certificate),
  });
}
