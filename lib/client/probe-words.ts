import type { Phase, Reason } from '#lib/domain/probe.ts';

/** How the screens say what a probe saw. */
export const PHASE_WORDS: Readonly<Record<Phase, string>> = {
  dns: 'Name lookup',
  tcp: 'Connect',
  tls: 'Encrypt',
  firstByte: 'First byte',
  download: 'Download',
};

export const REASON_WORDS: Readonly<Record<Reason, string>> = {
  'not-found': 'the name does not exist',
  'dns-failure': 'the name could not be looked up',
  refused: 'the connection was refused',
  unreachable: 'there is no way to the address',
  timeout: 'nothing came back in time',
  reset: 'the connection was reset',
  'closed-early': 'the connection was closed without an answer',
  'bad-certificate': 'the certificate is not valid',
  'tls-failure': 'no encrypted connection could be made',
  'not-http': 'what answered does not speak HTTP',
  malformed: 'the answer contradicts itself',
  truncated: 'the answer broke off',
  'too-large': 'the answer was too large',
  redirect: 'it was sent elsewhere',
  'wrong-status': 'it answered with an error',
  'wrong-server': 'another program answered',
  'bad-body': 'the answer could not be read',
  unexplained: 'for an unknown reason',
};
