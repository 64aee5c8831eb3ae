import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NextRequest } from 'next/server';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readConfig } from '#lib/server/config.ts';
import { type Services, startServices } from '#lib/server/services.ts';
import { proxy } from '#proxy.ts';

const TOKEN = 'a-secret-of-some-length';
const dataDir = mkdtempSync(join(tmpdir(), 'lifeline-proxy-'));
let services: Services;

beforeAll(async () => {
  services = await startServices(
    readConfig({ REVIEW_SERVER_URL: 'http://127.0.0.1:9', LIFELINE_TOKEN: TOKEN, LIFELINE_DATA_DIR: dataDir }),
  );
});

afterAll(async () => {
  await services.close();
  rmSync(dataDir, { recursive: true });
});

const HOLDER = { authorization: `Bearer ${TOKEN}` };
const ask = (path: string, headers: Record<string, string> = {}) =>
  proxy(new NextRequest(`http://localhost:3000${path}`, { headers: { host: 'localhost:3000', ...headers } }));
const passes = (answer: Response): boolean => answer.headers.get('x-middleware-next') === '1';

test('lets in who holds the token, and nobody else', async () => {
  expect(passes(ask('/', HOLDER))).toBe(true);
  const refused = ask('/api/status');
  expect([refused.status, await refused.json()]).toMatchObject([401, { error: { code: 'token' } }]);
});

test('pairs a browser by the link once, and takes the token out of the address', () => {
  const paired = ask(`/history?window=7d&token=${TOKEN}`);
  expect([paired.status, paired.headers.get('location')]).toEqual([303, 'http://localhost:3000/history?window=7d']);
  expect(paired.headers.get('set-cookie')).toMatch(
    /^lifeline_token=a-secret-of-some-length;.*HttpOnly;.*SameSite=strict/i,
  );
  expect(passes(ask('/', { cookie: `lifeline_token=${TOKEN}` }))).toBe(true);
});

test('sends who is paired to our own pages, by the name and scheme that the browser knows', () => {
  const location = (path: string, headers: Record<string, string> = {}) => ask(path, headers).headers.get('location');
  expect(location(`/?token=${TOKEN}`, { 'x-forwarded-proto': 'https' })).toBe('https://localhost:3000/');
  expect(location(`//evil.example/?token=${TOKEN}`)).toMatch(/^http:\/\/localhost:3000\//);
});

test('a path that is no text is refused in the one shape', async () => {
  const refused = ask('/api/review/media/x/y%', HOLDER);
  expect([refused.status, await refused.json()]).toMatchObject([400, { error: { code: 'bad-address' } }]);
});

test('gives no cookie for another token', () => {
  const answer = ask('/?token=a-guess-of-some-length');
  expect([answer.status, answer.headers.get('set-cookie')]).toEqual([401, null]);
});

test('pairs nobody under a foreign name or through Funnel', () => {
  expect(ask(`/?token=${TOKEN}`, { host: 'evil.example' }).status).toBe(403);
  expect(ask(`/?token=${TOKEN}`, { 'tailscale-funnel-request': '?1' }).status).toBe(403);
});

const headersOf = (path: string, headers: Record<string, string> = HOLDER) => ask(path, headers).headers;

test('only the card frame may be framed, by our own pages, under the name it was asked by', () => {
  for (const path of ['/card-frame', '/card-frame?scripts=1', '/card-frame?scripts=1&images=1']) {
    const frame = headersOf(path);
    expect(frame.get('content-security-policy')).toMatch(
      /^sandbox allow-scripts; .*frame-ancestors http:\/\/localhost:3000$/,
    );
    expect(frame.get('x-frame-options')).toBeNull();
    expect(frame.get('x-dns-prefetch-control')).toBe('off');
  }
  for (const path of ['/', '/review', '/api/review/hand', '/card-frame/', '/card-framed']) {
    expect(headersOf(path).get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(headersOf(path).get('x-frame-options')).toBe('DENY');
  }
});

test('a foreign name gets into no policy', async () => {
  const refused = headersOf('/card-frame', { ...HOLDER, host: 'evil.example' });
  expect(refused.get('content-security-policy')).not.toContain('evil');
  expect(refused.get('content-security-policy')).toContain("frame-ancestors 'none'");
});

test('a page frames its own origin only, and plays what the phone holds', () => {
  const policy = headersOf('/review').get('content-security-policy') ?? '';
  expect(policy).toContain("; frame-src 'self';");
  expect(policy).toContain("; media-src 'self' blob:;");
  expect(policy).toContain("; img-src 'self' data: blob:;");
});

test('a card’s file may be used by the opaque frame, and is nobody’s page when it is opened', () => {
  const media = headersOf('/api/review/media/token/cat.svg', { 'sec-fetch-site': 'cross-site' });
  expect(Object.fromEntries(media)).toMatchObject({
    'x-middleware-next': '1',
    'content-security-policy': "default-src 'none'; sandbox",
    'cross-origin-resource-policy': 'cross-origin',
    'access-control-allow-origin': '*',
    'x-content-type-options': 'nosniff',
  });
  const others = headersOf('/api/review/hand');
  expect(others.get('cross-origin-resource-policy')).toBe('same-origin');
  expect(others.get('access-control-allow-origin')).toBeNull();
});

test('every answer forbids foreign scripts and frames', () => {
  for (const answer of [ask('/', HOLDER), ask('/api/status', HOLDER), ask('/')]) {
    const policy = answer.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/script-src[^;]*unsafe/);
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  }
});
