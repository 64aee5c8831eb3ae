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
  expect([paired.status, paired.headers.get('location')]).toEqual([303, '/history?window=7d']);
  expect(paired.headers.get('set-cookie')).toMatch(
    /^lifeline_token=a-secret-of-some-length;.*HttpOnly;.*SameSite=strict/i,
  );
  expect(passes(ask('/', { cookie: `lifeline_token=${TOKEN}` }))).toBe(true);
});

test('gives no cookie for another token', () => {
  const answer = ask('/?token=a-guess-of-some-length');
  expect([answer.status, answer.headers.get('set-cookie')]).toEqual([401, null]);
});

test('pairs nobody under a foreign name or through Funnel', () => {
  expect(ask(`/?token=${TOKEN}`, { host: 'evil.example' }).status).toBe(403);
  expect(ask(`/?token=${TOKEN}`, { 'tailscale-funnel-request': '?1' }).status).toBe(403);
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
