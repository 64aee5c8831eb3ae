import { createServer as createHttps } from 'node:https';
import tls from 'node:tls';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type Authority,
  type Certificate,
  makeAuthority,
  makeSelfSigned,
  stampIn,
} from '#tests/support/certificates.ts';
import { probe, probeFailure, resolvesTo } from '#tests/support/probing.ts';
import { HEALTH, listen, ok, rawServer, targetAt } from '#tests/support/raw-servers.ts';

const NAME = 'macbook.tail1234.ts.net';
const usual = tls.getCACertificates('default');
let trusted: Authority;
let stranger: Authority;

beforeAll(async () => {
  [trusted, stranger] = await Promise.all([makeAuthority(), makeAuthority()]);
  tls.setDefaultCACertificates([...usual, trusted.cert]);
});
afterAll(async () => {
  tls.setDefaultCACertificates(usual);
  await Promise.all([trusted.remove(), stranger.remove()]);
});

const serving = (options: tls.TlsOptions) =>
  listen(createHttps(options, (_, response) => response.setHeader('content-type', 'application/json').end(body)));
const body = JSON.stringify(HEALTH);

const probeName = (port: number) =>
  probe(targetAt(port, NAME, 'https'), { resolve: resolvesTo('127.0.0.1'), deadlineMs: 2_000 });
const probeServer = async (options: tls.TlsOptions) => probeName(await serving(options));

test('a good certificate for the name is answered, with a phase for TLS', async () => {
  const result = await probeServer(await trusted.sign([NAME]));
  expect(result.outcome).toBe('answered');
  expect(Object.keys(result.timings)).toEqual(['dns', 'tcp', 'tls', 'firstByte', 'download']);
});

test('the server is asked for by the name of the URL, also at a given address', async () => {
  const asked: (string | false)[] = [];
  const pair = await trusted.sign([NAME]);
  const SNICallback: tls.TlsOptions['SNICallback'] = (name, answer) => {
    asked.push(name);
    answer(null, tls.createSecureContext(pair));
  };
  const port = await serving({ ...pair, SNICallback });
  const result = await probe({ ...targetAt(port, NAME, 'https'), address: '127.0.0.1' });
  expect(result.outcome).toBe('answered');
  expect(asked).toEqual([NAME]);
});

test('a certificate for an address is good for a URL with that address', async () => {
  const port = await serving(await trusted.sign(['127.0.0.1']));
  expect(await probe(targetAt(port, '127.0.0.1', 'https'))).toMatchObject({ outcome: 'answered' });
});

type Case = readonly [kind: string, code: string, make: () => Promise<Certificate>];
const bad: readonly Case[] = [
  ['self-signed', 'DEPTH_ZERO_SELF_SIGNED_CERT', () => makeSelfSigned(NAME)],
  ['of an authority nobody knows', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', () => stranger.sign([NAME])],
  ['of such an authority, sent along', 'SELF_SIGNED_CERT_IN_CHAIN', () => withItsAuthority(stranger)],
  ['expired', 'CERT_HAS_EXPIRED', () => trusted.sign([NAME], { from: stampIn(-20), to: stampIn(-10) })],
  ['not valid yet', 'CERT_NOT_YET_VALID', () => trusted.sign([NAME], { from: stampIn(10), to: stampIn(20) })],
  ['for another name', 'ERR_TLS_CERT_ALTNAME_INVALID', () => trusted.sign(['other.tail1234.ts.net'])],
];
test.each(bad)('a certificate that is %s fails in tls by %s, in words too', async (_, code, make) => {
  expect(await probeServer(await make())).toMatchObject({
    failedIn: 'tls',
    reason: 'bad-certificate',
    code,
    detail: expect.stringMatching(/^[^;]{10,200}$/),
  });
});

test('an environment that trusts everything does not make a bad certificate good', async () => {
  process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0';
  const result = await probeServer(await makeSelfSigned(NAME));
  delete process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
  expect(result).toMatchObject({ reason: 'bad-certificate' });
});

test('https at a plain http server is a failure of TLS', async () => {
  const port = await rawServer((socket) => socket.once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')));
  expect(await probeName(port)).toMatchObject({ failedIn: 'tls', reason: 'tls-failure' });
});

test('a server with old versions of TLS only is a failure of TLS', async () => {
  const pair = await trusted.sign([NAME]);
  const old = { minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' } as const;
  expect(await probeServer({ ...pair, ...old })).toMatchObject({ failedIn: 'tls', reason: 'tls-failure' });
});

test('a server that wants a certificate of ours is a failure of TLS', async () => {
  const pair = await trusted.sign([NAME]);
  expect(await probeServer({ ...pair, requestCert: true, rejectUnauthorized: true })).toMatchObject({
    outcome: 'failed',
    reason: 'tls-failure',
    code: 'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED',
  });
});

test('a server that closes or resets during the greeting does so in tls', async () => {
  const closing = await rawServer((socket) => socket.once('data', () => socket.end()));
  expect(await probeName(closing)).toMatchObject({ failedIn: 'tls', reason: 'closed-early' });
  const resetting = await rawServer((socket) => socket.once('data', () => socket.resetAndDestroy()));
  expect(await probeName(resetting)).toMatchObject({ failedIn: 'tls', reason: 'reset' });
});

test('plain http at a TLS port is no answer of a review server', async () => {
  const port = await listen(tls.createServer(await trusted.sign([NAME])));
  const result = await probeFailure(targetAt(port));
  expect(result.failedIn).toBe('firstByte');
  expect(['closed-early', 'not-http', 'reset']).toContain(result.reason);
});

test('a body that ends too soon is truncated over TLS too', async () => {
  const pair = await trusted.sign([NAME]);
  const truncating = tls.createServer(pair, (socket) =>
    socket.once('data', () => socket.end(ok(HEALTH, { 'content-length': '4000' }))),
  );
  expect(await probeName(await listen(truncating))).toMatchObject({ failedIn: 'download', reason: 'truncated' });
});

async function withItsAuthority(authority: Authority): Promise<Certificate> {
  const { key, cert } = await authority.sign([NAME]);
  return { key, cert: cert + authority.cert };
}
