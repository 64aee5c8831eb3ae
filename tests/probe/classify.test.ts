import { describe, expect, test } from 'vitest';
import type { Phase, Reason } from '#lib/domain/probe.ts';
import { classify, isLocal } from '#lib/probe/classify.ts';

type Row = readonly [phase: Phase, code: string, syscall: string | undefined, reason: Reason];

const rows: readonly Row[] = [
  ['dns', 'ENOTFOUND', 'getaddrinfo', 'not-found'],
  ['dns', 'ENODATA', 'queryA', 'not-found'],
  ['dns', 'EAI_AGAIN', 'getaddrinfo', 'dns-failure'],
  ['dns', 'EAI_FAIL', 'getaddrinfo', 'dns-failure'],
  ['dns', 'ECONNREFUSED', 'queryA', 'dns-failure'],
  ['dns', 'ESERVFAIL', 'queryA', 'dns-failure'],
  ['dns', 'EREFUSED', 'queryA', 'dns-failure'],
  ['dns', 'EBADRESP', 'queryA', 'dns-failure'],
  ['dns', 'EFORMERR', 'queryA', 'dns-failure'],
  ['dns', 'ENOTIMP', 'queryA', 'dns-failure'],
  ['dns', 'ETIMEOUT', 'queryA', 'timeout'],

  ['tcp', 'ECONNREFUSED', 'connect', 'refused'],
  ['tcp', 'ECONNRESET', 'connect', 'reset'],
  ['tcp', 'ETIMEDOUT', 'connect', 'timeout'],
  ['tcp', 'EHOSTUNREACH', 'connect', 'unreachable'],
  ['tcp', 'ENETUNREACH', 'connect', 'unreachable'],
  ['tcp', 'ENETDOWN', 'connect', 'unreachable'],
  ['tcp', 'EHOSTDOWN', 'connect', 'unreachable'],
  ['tcp', 'EACCES', 'connect', 'unreachable'],
  ['tcp', 'EPERM', 'connect', 'unreachable'],
  ['tcp', 'EINVAL', 'connect', 'unreachable'],
  ['tcp', 'ENOPROTOOPT', 'connect', 'unreachable'],
  ['tcp', 'EADDRNOTAVAIL', 'connect', 'unreachable'],
  ['tcp', 'EAFNOSUPPORT', 'connect', 'unreachable'],
  ['tcp', 'EMFILE', 'connect', 'unexplained'],

  ['tls', 'EPROTO', 'write', 'tls-failure'],
  ['tls', 'ERR_SSL_WRONG_VERSION_NUMBER', undefined, 'tls-failure'],
  ['tls', 'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', undefined, 'tls-failure'],
  ['tls', 'ECONNRESET', undefined, 'closed-early'],
  ['tls', 'ECONNRESET', 'read', 'reset'],
  ['tls', 'DEPTH_ZERO_SELF_SIGNED_CERT', undefined, 'bad-certificate'],
  ['tls', 'SELF_SIGNED_CERT_IN_CHAIN', undefined, 'bad-certificate'],
  ['tls', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', undefined, 'bad-certificate'],
  ['tls', 'UNABLE_TO_GET_ISSUER_CERT', undefined, 'bad-certificate'],
  ['tls', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY', undefined, 'bad-certificate'],
  ['tls', 'CERT_HAS_EXPIRED', undefined, 'bad-certificate'],
  ['tls', 'CERT_NOT_YET_VALID', undefined, 'bad-certificate'],
  ['tls', 'CERT_REVOKED', undefined, 'bad-certificate'],
  ['tls', 'CERT_REJECTED', undefined, 'bad-certificate'],
  ['tls', 'CERT_UNTRUSTED', undefined, 'bad-certificate'],
  ['tls', 'CERT_SIGNATURE_FAILURE', undefined, 'bad-certificate'],
  ['tls', 'CERT_CHAIN_TOO_LONG', undefined, 'bad-certificate'],
  ['tls', 'ERR_TLS_CERT_ALTNAME_INVALID', undefined, 'bad-certificate'],
  ['firstByte', 'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', undefined, 'tls-failure'],

  ['firstByte', 'ECONNRESET', undefined, 'closed-early'],
  ['firstByte', 'ECONNRESET', 'read', 'reset'],
  ['firstByte', 'ECONNABORTED', 'read', 'reset'],
  ['firstByte', 'EPIPE', 'write', 'closed-early'],
  ['firstByte', 'ETIMEDOUT', 'read', 'timeout'],
  ['firstByte', 'EHOSTUNREACH', 'read', 'unreachable'],
  ['firstByte', 'HPE_INVALID_CONSTANT', undefined, 'not-http'],
  ['firstByte', 'HPE_HEADER_OVERFLOW', undefined, 'too-large'],
  ['firstByte', 'HPE_INVALID_CONTENT_LENGTH', undefined, 'malformed'],
  ['firstByte', 'HPE_UNEXPECTED_CONTENT_LENGTH', undefined, 'malformed'],
  ['firstByte', 'HPE_INVALID_TRANSFER_ENCODING', undefined, 'malformed'],
  ['firstByte', 'HPE_INVALID_HEADER_TOKEN', undefined, 'malformed'],
  ['firstByte', 'HPE_INVALID_STATUS', undefined, 'malformed'],
  ['firstByte', 'HPE_INVALID_VERSION', undefined, 'malformed'],

  ['download', 'HPE_INVALID_CHUNK_SIZE', undefined, 'malformed'],
  ['download', 'HPE_CLOSED_CONNECTION', undefined, 'malformed'],
  ['download', 'HPE_INVALID_CONSTANT', undefined, 'malformed'],
  ['download', 'HPE_CHUNK_EXTENSIONS_OVERFLOW', undefined, 'too-large'],
  ['download', 'HPE_INVALID_EOF_STATE', undefined, 'truncated'],
  ['download', 'ECONNRESET', undefined, 'truncated'],
  ['download', 'ECONNRESET', 'read', 'reset'],
  ['download', 'A_CODE_OF_TOMORROW', undefined, 'unexplained'],
];

test.each(rows)('in %s, %s by %s means %s', (...[phase, code, syscall, reason]) => {
  expect(classify(syscall === undefined ? { code } : { code, syscall }, phase)).toBe(reason);
});

test('an error without a code is unexplained, not a crash', () => {
  expect(classify({}, 'firstByte')).toBe('unexplained');
});

describe('whether this machine refused by itself', () => {
  test('is told by the local address that Node adds when no packet was sent', () => {
    expect(isLocal({ code: 'ENETUNREACH' }, 'connect ENETUNREACH 192.0.2.1:8000 - Local (0.0.0.0:0)')).toBe(true);
    expect(isLocal({ code: 'ENETUNREACH' }, 'connect ENETUNREACH 192.0.2.1:8000')).toBe(false);
  });

  test.each(['EACCES', 'EINVAL', 'ENETDOWN', 'EMFILE'])('is told by %s alone', (code) => {
    expect(isLocal({ code }, 'connect')).toBe(true);
  });
});
