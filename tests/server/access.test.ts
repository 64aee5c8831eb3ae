import { expect, test } from 'vitest';
import { type Ask, refuse } from '#lib/server/access.ts';

const rules = { hosts: new Set(['localhost', '127.0.0.1', '[::1]', 'macbook.tail1234.ts.net']), token: null };
const ask = (headers: Record<string, string>, also: Partial<Ask> = {}): Ask => ({
  method: 'GET',
  path: '/api/status',
  cookieToken: null,
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

test('does not let other sites read the API, but lets them link to a page', () => {
  expect(code(ask({ 'sec-fetch-site': 'cross-site' }))).toBe('cross-site');
  expect(code(ask({ 'sec-fetch-site': 'cross-site' }, { path: '/history' }))).toBeNull();
});

test('with a token set, lets in only who holds it', () => {
  const guarded = { ...rules, token: 'a-secret-of-some-length' };
  expect(code(ask({}), guarded)).toBe('token');
  expect(code(ask({ authorization: 'Bearer wrong' }), guarded)).toBe('token');
  expect(code(ask({ authorization: 'Bearer a-secret-of-some-length' }), guarded)).toBeNull();
  expect(code(ask({}, { cookieToken: 'a-secret-of-some-length' }), guarded)).toBeNull();
});

test('a card’s file is had from the opaque origin of its frame, which sends no cookie: the token in its path is asked for there', () => {
  const guarded = { ...rules, token: 'a-secret-of-some-length' };
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
