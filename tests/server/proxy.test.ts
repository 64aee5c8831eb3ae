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
/** Wrong tokens are counted for each sender, so each test that gives some has one of its own. */
const from = (address: string) => ({ 'x-forwarded-for': address });
const ask = (path: string, headers: Record<string, string> = {}) =>
  proxy(new NextRequest(`http://localhost:3000${path}`, { headers: { host: 'localhost:3000', ...headers } }));
const passes = async (answer: Promise<Response>) => (await answer).headers.get('x-middleware-next') === '1';
const told = async (answer: Promise<Response>) => [(await answer).status, await (await answer).json()];
const cookieIn = (answer: Response) => answer.headers.get('set-cookie')?.split(';')[0] ?? '';
const pair = async (headers: Record<string, string> = {}) => {
  const answer = await ask(`/?token=${TOKEN}`, headers);
  return { cookie: cookieIn(answer) };
};

test('tells its data to who holds the token or is paired, and shows its pages to everybody', async () => {
  expect(await passes(ask('/api/status', HOLDER))).toBe(true);
  expect(await passes(ask('/api/status', await pair()))).toBe(true);
  expect(await told(ask('/api/status'))).toMatchObject([401, { error: { code: 'token' } }]);
  expect(await told(ask('/api/status', { cookie: `lifeline_paired=${TOKEN}` }))).toMatchObject([401, {}]);
  expect(await passes(ask('/history'))).toBe(true);
});

test('pairs a browser by the link once, with a secret of its own, and takes the token out of the address', async () => {
  const paired = await ask(`/history?window=7d&token=${TOKEN}`);
  expect([paired.status, paired.headers.get('location')]).toEqual([303, 'http://localhost:3000/history?window=7d']);
  expect(paired.headers.get('set-cookie')).toMatch(
    /^lifeline_paired=[\w-]{43}; Path=\/; Max-Age=31536000; HttpOnly; SameSite=Strict$/,
  );
  const again = await ask(`/?token=${TOKEN}`, { cookie: cookieIn(paired) });
  expect([again.status, again.headers.get('set-cookie')]).toEqual([303, null]);
  expect(cookieIn(await ask(`/?token=${TOKEN}`))).not.toBe(cookieIn(paired));
});

test('sends who is paired to our own pages, by the name and scheme that the browser knows', async () => {
  const at = (path: string, headers: Record<string, string> = {}) => ask(path, headers);
  const secure = await at(`/?token=${TOKEN}`, { 'x-forwarded-proto': 'https' });
  expect(secure.headers.get('location')).toBe('https://localhost:3000/');
  expect(secure.headers.get('set-cookie')).toMatch(/; Secure$/);
  expect((await at(`//evil.example/?token=${TOKEN}`)).headers.get('location')).toMatch(/^http:\/\/localhost:3000\//);
});

test('a path that is no text is refused in the one shape', async () => {
  expect(await told(ask('/api/review/media/x/y%', HOLDER))).toMatchObject([400, { error: { code: 'bad-address' } }]);
});

test('gives no cookie for another token, and takes that out of the address too', async () => {
  const answer = await ask('/?token=a-guess-of-some-length', from('192.168.1.40'));
  expect([answer.status, answer.headers.get('set-cookie')]).toEqual([303, null]);
  expect(answer.headers.get('location')).toBe('http://localhost:3000/');
});

test('the API is no way to be paired by a link', async () => {
  expect((await ask(`/api/status?token=${TOKEN}`)).headers.get('set-cookie')).toBeNull();
});

test('pairs nobody under a foreign name or through Funnel', async () => {
  expect((await ask(`/?token=${TOKEN}`, { host: 'evil.example' })).status).toBe(403);
  expect((await ask(`/?token=${TOKEN}`, { 'tailscale-funnel-request': '?1' })).status).toBe(403);
});

test.each<[string, string, (guess: string) => Promise<Response>]>([
  ['links', '192.168.1.41', (guess) => ask(`/?token=${guess}`, from('192.168.1.41'))],
  [
    'scripts',
    '192.168.1.42',
    (guess) => ask('/api/status', { ...from('192.168.1.42'), authorization: `Bearer ${guess}` }),
  ],
])('after ten wrong tokens of %s from %s not even the right one is looked at there', async (_, address, guess) => {
  for (let tries = 0; tries < 10; tries += 1)
    expect((await guess(`a-guess-${tries}-of-some-length`)).status).not.toBe(429);
  const refused = await guess('one-more-guess');
  expect([refused.status, await refused.json()]).toMatchObject([429, { error: { code: 'too-many' } }]);
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(600);
  expect((await ask(`/?token=${TOKEN}`, from(address))).status).toBe(429);
  // Else a guess would be told from the token by being let in.
  for (const also of [{}, { 'sec-fetch-site': 'cross-site' }]) {
    expect((await ask('/api/status', { ...from(address), ...HOLDER, ...also })).status).toBe(429);
  }
  expect(await passes(ask('/api/status', { ...from(address), ...(await pair(from('192.168.1.44'))) }))).toBe(true);
  expect((await ask(`/?token=${TOKEN}`, from('192.168.1.43'))).status).toBe(303);
});

const headersOf = async (path: string, headers: Record<string, string> = HOLDER) => (await ask(path, headers)).headers;

test('only the card frame may be framed, by our own pages, under the name it was asked by', async () => {
  for (const path of ['/card-frame', '/card-frame?scripts=1', '/card-frame?scripts=1&images=1']) {
    const frame = await headersOf(path);
    expect(frame.get('content-security-policy')).toMatch(
      /^sandbox allow-scripts; .*frame-ancestors http:\/\/localhost:3000$/,
    );
    expect(frame.get('x-frame-options')).toBeNull();
    expect(frame.get('x-dns-prefetch-control')).toBe('off');
  }
  for (const path of ['/', '/review', '/api/review/hand', '/card-frame/', '/card-framed']) {
    expect((await headersOf(path)).get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect((await headersOf(path)).get('x-frame-options')).toBe('DENY');
  }
});

test('a foreign name gets into no policy', async () => {
  const refused = await headersOf('/card-frame', { ...HOLDER, host: 'evil.example' });
  expect(refused.get('content-security-policy')).not.toContain('evil');
  expect(refused.get('content-security-policy')).toContain("frame-ancestors 'none'");
});

test('a page frames its own origin only, and plays what the phone holds', async () => {
  const policy = (await headersOf('/review')).get('content-security-policy') ?? '';
  expect(policy).toContain("; frame-src 'self';");
  expect(policy).toContain("; media-src 'self' blob:;");
  expect(policy).toContain("; img-src 'self' data: blob:;");
});

test('a card’s file may be used by the opaque frame, and is nobody’s page when it is opened', async () => {
  const media = await headersOf('/api/review/media/token/cat.svg', { 'sec-fetch-site': 'cross-site' });
  expect(Object.fromEntries(media)).toMatchObject({
    'x-middleware-next': '1',
    'content-security-policy': "default-src 'none'; sandbox",
    'cross-origin-resource-policy': 'cross-origin',
    'access-control-allow-origin': '*',
    'x-content-type-options': 'nosniff',
  });
  const others = await headersOf('/api/review/hand');
  expect(others.get('cross-origin-resource-policy')).toBe('same-origin');
  expect(others.get('access-control-allow-origin')).toBeNull();
});

test('every answer forbids foreign scripts and frames', async () => {
  for (const answer of await Promise.all([ask('/', HOLDER), ask('/api/status', HOLDER), ask('/api/status')])) {
    const policy = answer.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/script-src[^;]*unsafe/);
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  }
});
