import type { Phase, Reason } from '#lib/domain/probe.ts';

/** What Node tells of an error. Its message and its errno differ between systems and versions; these do not. */
export type Fault = { readonly code?: string; readonly syscall?: string };

/** Codes that mean the same in every phase. https://nodejs.org/api/errors.html, connect(2), llhttp's `HPE_…`. */
const BY_CODE: Readonly<Record<string, Reason>> = {
  ECONNREFUSED: 'refused',
  ETIMEDOUT: 'timeout',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  EHOSTDOWN: 'unreachable',
  ENETDOWN: 'unreachable',
  ENOPROTOOPT: 'unreachable', // ICMP: protocol unreachable
  EACCES: 'unreachable', // a route that prohibits
  EPERM: 'unreachable', // a local firewall
  EINVAL: 'unreachable', // a black hole route
  EADDRNOTAVAIL: 'unreachable', // no address here to come from
  EAFNOSUPPORT: 'unreachable', // this IP version is switched off here
  ECONNABORTED: 'reset',
  EPIPE: 'closed-early',
  EPROTO: 'tls-failure',
  HPE_HEADER_OVERFLOW: 'too-large',
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 'too-large',
  HPE_INVALID_EOF_STATE: 'truncated',
};

/** Of getaddrinfo, and of c-ares for a resolver that asks by it. Any other code of a lookup is a `dns-failure`. */
const BY_LOOKUP_CODE: Readonly<Record<string, Reason>> = {
  ENOTFOUND: 'not-found',
  ENODATA: 'not-found',
  ETIMEOUT: 'timeout',
};

/** OpenSSL's verify errors as Node names them (X509_V_ERR_…), beside those that begin with `CERT_`. */
const CERTIFICATE_CODES: ReadonlySet<string> = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_DECRYPT_CERT_SIGNATURE',
  'UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY',
  'ERROR_IN_CERT_NOT_BEFORE_FIELD',
  'ERROR_IN_CERT_NOT_AFTER_FIELD',
  'INVALID_CA',
  'INVALID_PURPOSE',
  'PATH_LENGTH_EXCEEDED',
  'HOSTNAME_MISMATCH',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

/** What an error in this phase says of the server. Total: a code never seen before is `unexplained`. */
export function classify(fault: Fault, phase: Phase): Reason {
  const { code = '' } = fault;
  if (phase === 'dns') return BY_LOOKUP_CODE[code] ?? (code === '' ? 'unexplained' : 'dns-failure');
  if (code === 'ECONNRESET') return ofReset(fault, phase);
  return BY_CODE[code] ?? ofFamily(code, phase);
}

/** With a syscall it was an RST. Without one Node has invented it for a FIN that came too soon. */
function ofReset(fault: Fault, phase: Phase): Reason {
  if (fault.syscall !== undefined) return 'reset';
  return phase === 'download' ? 'truncated' : 'closed-early';
}

function ofFamily(code: string, phase: Phase): Reason {
  if (code === 'HPE_INVALID_CONSTANT') return phase === 'download' ? 'malformed' : 'not-http';
  if (code.startsWith('HPE_')) return 'malformed';
  if (code.startsWith('CERT_') || CERTIFICATE_CODES.has(code)) return 'bad-certificate';
  if (code.startsWith('ERR_SSL_') || code.startsWith('ERR_TLS_')) return 'tls-failure';
  return 'unexplained';
}

/** Decided on this machine whatever the message says: by its routes, its firewall or what it has run out of. */
const LOCAL_CODES: ReadonlySet<string> = new Set([
  'EACCES',
  'EPERM',
  'EINVAL',
  'ENETDOWN',
  'EADDRNOTAVAIL',
  'EADDRINUSE',
  'EAFNOSUPPORT',
  'EMFILE',
  'ENFILE',
  'ENOBUFS',
  'ENOMEM',
]);

/**
 * Was it this machine that refused, before a packet left it? Node ends the message of a connect that failed at once with
 * ` - Local (0.0.0.0:0)`; when the network answered it does not. A hint, but the only one for ENETUNREACH and EHOSTUNREACH.
 */
export const isLocal = ({ code = '' }: Fault, message: string): boolean =>
  LOCAL_CODES.has(code) || message.includes(' - Local (');
