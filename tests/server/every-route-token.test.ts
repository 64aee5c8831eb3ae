import { beforeAll, expect, test } from 'vitest';
import { METHODS, type Method, reach, TURNED_AWAY } from '#tests/support/every-route.ts';
import { HOST } from '#tests/support/owner-door.ts';
import { CALLERS, reviewServicesHere } from '#tests/support/review-services.ts';

const TOKEN = 'a-secret-of-some-length';
const running = reviewServicesHere({ LIFELINE_TOKEN: TOKEN, HOST: '192.168.1.20', START_COMMAND: '["/bin/true"]' });

let paired = '';
let revoked = '';

beforeAll(async () => {
  const { pairing } = running().services;
  [paired, revoked] = [await pairing?.admit('iPhone'), await pairing?.admit('iPad')].map((secret) => secret ?? '') as [
    string,
    string,
  ];
  await pairing?.revoke(pairing.list().find(({ label }) => label === 'iPad')?.id ?? '');
});

const host = '192.168.1.20:3000';
/** The headers of our own page. Each caller has an address of its own, at which its wrong tokens are counted. */
const by = (from: string, headers: Record<string, string> = {}) => ({
  host,
  origin: `http://${host}`,
  'sec-fetch-site': 'same-origin',
  'content-type': 'application/json',
  'x-forwarded-for': from,
  ...headers,
});
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const cookie = (secret: string) => ({ cookie: `lifeline_paired=${secret}` });

/** With which code a caller is turned away from reading and from changing; null: from neither. */
const WHO: readonly (readonly [string, () => Record<string, string>, read: string | null, change: string | null])[] = [
  ['a script with the token', () => by('192.168.1.30', bearer(TOKEN)), null, null],
  ['a paired browser', () => by('192.168.1.31', cookie(paired)), null, null],
  [
    'a paired browser with a wrong token',
    () => by('192.168.1.32', { ...cookie(paired), ...bearer('guess') }),
    null,
    null,
  ],
  ['nobody known', () => by('192.168.1.33'), 'token', 'token'],
  ['a browser that was turned out', () => by('192.168.1.34', cookie(revoked)), 'token', 'token'],
  ['a browser with the token in its cookie', () => by('192.168.1.35', cookie(TOKEN)), 'token', 'token'],
  [
    'whoever is on the Mac, without the token',
    () => by('127.0.0.1', { host: '127.0.0.1:3000', origin: 'http://127.0.0.1:3000' }),
    'token',
    'token',
  ],
  [
    'the owner through serve, without the token',
    () => by('100.64.0.9', { ...CALLERS.owner, origin: `https://${HOST}` }),
    'token',
    'token',
  ],
  [
    'whoever says to be the Mac',
    () => by('192.168.1.36', { 'x-real-ip': '127.0.0.1', forwarded: 'for=127.0.0.1' }),
    'token',
    'token',
  ],
  [
    'another site’s page in a paired browser',
    () => by('192.168.1.37', { ...cookie(paired), origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }),
    'cross-site',
    'cross-site',
  ],
  [
    'a form in a paired browser',
    () => by('192.168.1.38', { ...cookie(paired), 'content-type': 'text/plain' }),
    null,
    'cross-site',
  ],
  [
    'a paired browser by another name',
    () => by('192.168.1.39', { ...cookie(paired), host: 'evil.example' }),
    'host',
    'host',
  ],
  [
    'a paired browser by Funnel',
    () => by('192.168.1.40', { ...cookie(paired), 'tailscale-funnel-request': '?1' }),
    'funnel',
    'funnel',
  ],
];

const expected = ({ use }: Method, read: string | null, change: string | null): string | null => {
  if (use === 'file') return read === 'funnel' || read === 'host' ? read : 'media-token';
  if (use === 'read') return read;
  // Who is not paired is paired here.
  return use === 'pair' && change === 'token' ? null : change;
};

test.each(WHO)('%s comes as far as they may at every route', async (_, headersNow, read, change) => {
  const headers = headersNow();
  for (const method of METHODS) {
    const { code, status } = await reach(method, headers);
    const away = code !== null && TURNED_AWAY.has(code) ? code : null;
    expect(away, `${method.method} ${method.path}: ${status} ${code}`).toBe(expected(method, read, change));
    expect(status, `${method.method} ${method.path}`).not.toBe(500);
  }
});

test('a script that guesses at the token is not looked at after ten guesses, and a paired browser beside it still is', async () => {
  const status: Method = { path: '/api/status', method: 'GET', use: 'read' };
  const codes: (string | null)[] = [];
  for (let tries = 0; tries < 11; tries += 1) {
    codes.push((await reach(status, by('192.168.1.50', bearer(`guess ${tries}`)))).code);
  }
  expect(codes).toEqual([...Array<string>(10).fill('token'), 'too-many']);
  expect((await reach(status, by('192.168.1.50', cookie(paired)))).status).toBe(200);
});
