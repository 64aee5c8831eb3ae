import { describe, expect, test } from 'vitest';
import { type Ask, refuse } from '#lib/server/access.ts';

const rules = { hosts: new Set(['localhost', '127.0.0.1', '[::1]', 'macbook.tail1234.ts.net']), isLetIn: null };
const ask = (headers: Record<string, string>, also: Partial<Ask> = {}): Ask => ({
  method: 'GET',
  path: '/api/status',
  headers: new Headers({ host: 'macbook.tail1234.ts.net', ...headers }),
  ...also,
});
const code = (given: Ask, by: Parameters<typeof refuse>[1] = rules) => refuse(given, by)?.code ?? null;

test.each([['localhost:3000'], ['127.0.0.1'], ['[::1]:3000'], ['MacBook.tail1234.ts.net']])(
  'answers to its name %s',
  (host) => {
    expect(code(ask({ host }))).toBeNull();
  },
);

test.each([['evil.example'], ['127.0.0.1.evil.example:3000'], ['localhost.'], ['']])(
  'is not to be reached as “%s”',
  (host) => {
    expect(code(ask({ host }))).toBe('host');
  },
);

test('refuses the public internet, whatever its name', () => {
  expect(code(ask({ 'tailscale-funnel-request': '?1' }))).toBe('funnel');
});

test('lets its own page change something, as JSON', () => {
  const own = {
    origin: 'https://macbook.tail1234.ts.net',
    'sec-fetch-site': 'same-origin',
    'content-type': 'application/json',
  };
  expect(code(ask(own, { method: 'POST' }))).toBeNull();
});

test.each<[string, Record<string, string>]>([
  ['without an origin', { 'content-type': 'application/json' }],
  ['from another site', { origin: 'https://evil.example', 'content-type': 'application/json' }],
  ['from another port', { origin: 'https://macbook.tail1234.ts.net:8443', 'content-type': 'application/json' }],
  ['from an opaque origin', { origin: 'null', 'content-type': 'application/json' }],
  ['as a form', { origin: 'https://macbook.tail1234.ts.net', 'content-type': 'application/x-www-form-urlencoded' }],
  [
    'that the browser calls cross-site',
    { origin: 'https://macbook.tail1234.ts.net', 'sec-fetch-site': 'cross-site', 'content-type': 'application/json' },
  ],
])('refuses a change %s', (_, headers) => {
  expect(code(ask(headers, { method: 'POST' }))).toBe('cross-site');
});

test('takes nothing at a page, where Next would look for a server action, also from its own', () => {
  const own = { origin: 'https://macbook.tail1234.ts.net', 'content-type': 'application/json', 'next-action': 'abc' };
  for (const path of ['/', '/setup', '/sw.js', '/apix']) {
    expect(code(ask(own, { method: 'POST', path }))).toBe('method');
    expect(code(ask(own, { method: 'POST', path }), { ...rules, isLetIn: false })).toBe('method');
    expect(code(ask({}, { path }))).toBeNull();
  }
});

test('does not let other sites read the API, but lets them link to a page', () => {
  expect(code(ask({ 'sec-fetch-site': 'cross-site' }))).toBe('cross-site');
  expect(code(ask({ 'sec-fetch-site': 'cross-site' }, { path: '/history' }))).toBeNull();
});

describe('with a token set', () => {
  const shut = { ...rules, isLetIn: false };

  test.each([
    '/api/status',
    '/api',
    '/api/',
    '/api/nothing',
    '/API/status',
    '//api/status',
    '/%61pi/status',
    '/api%2Fstatus',
    '/\\api/status',
    '/api/pair/',
    '/api/pairs',
    '/_next/image?url=%2Fapi%2Fstatus',
    '/_next/data/build/index.json',
  ])('%s is had by nobody who is not let in', (path) => {
    expect(code(ask({}, { path }), shut)).toBe('token');
    expect(code(ask({}, { path }), { ...rules, isLetIn: true })).toBeNull();
  });

  test.each([
    '/',
    '/history',
    '/setup',
    '/~offline',
    '/sw.js',
    '/manifest.webmanifest',
    '/icons/icon-192.png',
    '/card-frame',
    '/apis',
  ])('%s holds no data, and is had by everybody', (path) => {
    expect(code(ask({}, { path }), shut)).toBeNull();
  });

  test('a browser is paired by who is not let in, from our own pages only', () => {
    const own = { origin: 'https://macbook.tail1234.ts.net', 'content-type': 'application/json' };
    expect(code(ask(own, { method: 'POST', path: '/api/pair' }), shut)).toBeNull();
    expect(code(ask({ ...own, origin: 'https://evil.example' }, { method: 'POST', path: '/api/pair' }), shut)).toBe(
      'cross-site',
    );
  });
});

test('a card’s file is had from the opaque origin of its frame, which sends no cookie: the token in its path is asked for there', () => {
  const guarded = { ...rules, isLetIn: false };
  const fromFrame = { origin: 'null', 'sec-fetch-site': 'cross-site' };
  for (const method of ['GET', 'HEAD']) {
    expect(code(ask(fromFrame, { method, path: '/api/review/media/token/cat.png' }), guarded)).toBeNull();
  }
  expect(code(ask({ ...fromFrame, host: 'evil.example' }, { path: '/api/review/media/token/cat.png' }))).toBe('host');
  expect(code(ask({ ...fromFrame, 'tailscale-funnel-request': '?1' }, { path: '/api/review/media/t/cat.png' }))).toBe(
    'funnel',
  );
});

test.each([
  '/api/review/hand',
  '/api/review/media',
  '/api/review/media/',
  '/api/review/media/token',
  '/api/review/media/token/',
  '/api/review/media//cat.png',
  '/api/review/media/token/cat.png/more',
  '/api/review/media/token/../../hand',
  '/api/review/mediatoken/cat.png',
  '/api/status?/api/review/media/token/cat.png',
])('nothing else of the API is had from there, such as %s', (path) => {
  expect(code(ask({ origin: 'null', 'sec-fetch-site': 'cross-site' }, { path }))).toBe('cross-site');
});

test('nothing is posted to a card’s file from there', () => {
  const fromFrame = { origin: 'null', 'sec-fetch-site': 'cross-site', 'content-type': 'application/json' };
  expect(code(ask(fromFrame, { method: 'POST', path: '/api/review/media/token/cat.png' }))).toBe('cross-site');
});
