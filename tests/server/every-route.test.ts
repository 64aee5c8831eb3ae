import { expect, test } from 'vitest';
import {
  handlersOf,
  METHODS,
  type Method,
  ROUTES,
  reach,
  routesOfTheApp,
  TURNED_AWAY,
} from '#tests/support/every-route.ts';
import { HOST, OWNER, PHONE } from '#tests/support/owner-door.ts';
import { CALLERS, reviewServicesHere } from '#tests/support/review-services.ts';

reviewServicesHere({ START_COMMAND: '["/bin/true"]' });

test('every route has its line, with every method it answers', async () => {
  expect(Object.keys(ROUTES).sort()).toEqual(routesOfTheApp());
  for (const [path, methods] of Object.entries(ROUTES)) {
    expect([...(await handlersOf(path)).keys()].sort(), path).toEqual(Object.keys(methods).sort());
  }
});

/** The headers that a browser adds to a request of our own page. */
const own = (host: string) => ({
  origin: host === HOST ? `https://${host}` : `http://${host}`,
  'sec-fetch-site': 'same-origin',
  'content-type': 'application/json',
});
const by = (headers: Record<string, string> & { host: string }) => ({ ...own(headers.host), ...headers });
const { local, owner, stranger, impostor, tagged, unknown } = CALLERS;

/** With which code a caller is turned away from reading and from changing; null: from neither. */
const WHO: readonly (readonly [string, Record<string, string>, read: string | null, change: string | null])[] = [
  ['the person at the Mac', by(local), null, null],
  ['the owner, through serve', by(owner), null, null],
  ['another person of the tailnet', by(stranger), null, 'not-owner'],
  ['another person who says that they are the owner', by(impostor), null, 'not-owner'],
  ['a tagged node', by(tagged), null, 'not-owner'],
  ['an address that nobody has', by(unknown), null, 'not-owner'],
  ['somebody on the Mac’s name without a header of serve', by({ host: HOST }), null, 'not-owner'],
  ['somebody at the Mac with a forged login', by({ ...local, 'tailscale-user-login': OWNER }), null, 'not-owner'],
  // Whatever runs on the Mac can act for its person without this trick.
  [
    'a program of the Mac that writes what serve would',
    by({ ...local, 'x-forwarded-for': PHONE, 'tailscale-user-login': OWNER, 'x-forwarded-host': HOST }),
    null,
    null,
  ],
  ['two proxies', by({ ...owner, 'x-forwarded-for': `${PHONE}, 100.64.0.10` }), null, 'not-owner'],
  ['the internet, by Funnel', by({ ...owner, 'tailscale-funnel-request': '?1' }), 'funnel', 'funnel'],
  ['another name', by({ ...local, host: 'evil.example' }), 'host', 'host'],
  [
    'another site’s page',
    { ...local, origin: 'https://evil.example', 'sec-fetch-site': 'cross-site', 'content-type': 'application/json' },
    'cross-site',
    'cross-site',
  ],
  [
    'another port of this machine',
    { ...by(local), origin: 'http://127.0.0.1:8000', 'sec-fetch-site': 'same-site' },
    'cross-site',
    'cross-site',
  ],
  ['a form', { ...by(local), 'content-type': 'application/x-www-form-urlencoded' }, null, 'cross-site'],
  ['a program that says no origin', { ...local, 'content-type': 'application/json' }, null, 'cross-site'],
  ['a guess at the token that is not set', by({ ...stranger, authorization: 'Bearer guess' }), null, 'not-owner'],
];

const expected = ({ use, path }: Method, read: string | null, change: string | null): string | null => {
  // The card frame’s origin is opaque: who asks does not count, but the token in the address.
  if (use === 'file') return read === 'cross-site' || read === null ? 'media-token' : read;
  if (use === 'read') return read;
  // Nobody is paired where no token is set, and nothing is changed where there is nothing.
  return change === 'not-owner' && (use === 'pair' || path === '/api/[...path]') ? null : change;
};

test.each(WHO)('%s comes as far as they may at every route', async (_, headers, read, change) => {
  for (const method of METHODS) {
    const { code, status } = await reach(method, headers);
    const away = code !== null && TURNED_AWAY.has(code) ? code : null;
    expect(away, `${method.method} ${method.path}: ${status} ${code}`).toBe(expected(method, read, change));
    expect(status, `${method.method} ${method.path}`).not.toBe(500);
  }
});

test('what is no JSON, or too much of it, is answered in the one shape by every route that takes some', async () => {
  for (const method of METHODS.filter(({ method: name }) => name === 'POST')) {
    for (const body of ['', 'no JSON', '[]', 'null', `"${'x'.repeat(3_000_000)}"`]) {
      const { status, code } = await reach(method, by(local), body);
      expect([status >= 400 && status < 500, typeof code], `${method.path} ${status}`).toEqual([true, 'string']);
    }
  }
});
