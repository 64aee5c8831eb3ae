import { describe, expect, test } from 'vitest';
import { isOwnAddress } from '#lib/host/addresses.ts';
import { fc } from '#tests/support/fast-check.ts';
import { door, HOST, MAC, OWNER, PHONE, sentence, served, whois } from '#tests/support/owner-door.ts';
import { printing } from '#tests/support/scripted-tailscale.ts';

describe('whatever a stranger writes into headers', () => {
  const token = 'a-secret-of-some-length';
  const name = fc.oneof(
    fc.constantFrom('host', 'x-forwarded-host', 'x-forwarded-for', 'x-forwarded-proto', 'forwarded', 'x-real-ip'),
    fc.constantFrom(
      'tailscale-user-login',
      'tailscale-user-name',
      'tailscale-headers-info',
      'tailscale-funnel-request',
    ),
    fc.constantFrom(
      'authorization',
      'cookie',
      'origin',
      'sec-fetch-site',
      'x-middleware-next',
      'x-middleware-subrequest',
    ),
    fc.stringMatching(/^[a-z][a-z-]{0,20}$/),
  );
  const value = fc.oneof(
    fc.constantFrom(
      'localhost',
      '127.0.0.1',
      '::1',
      '[::1]:3000',
      PHONE,
      MAC,
      OWNER,
      HOST,
      `127.0.0.1, ${PHONE}`,
      ' ',
      '',
    ),
    fc.constantFrom(
      `=?utf-8?q?${OWNER.replace('@', '=40')}?=`,
      `Bearer ${OWNER}`,
      'Bearer ',
      'lifeline_paired=',
      'null',
      '?1',
    ),
    fc.stringMatching(/^[ -~]{0,40}$/),
  );
  const anything = fc.dictionary(name, value, { maxKeys: 12 });

  test('through serve, which writes whose address it is, they stay a stranger', async () => {
    const ann = 'ann@example.com';
    const { callerOf } = await door({ whois: printing(whois(ann)) });
    await fc.assert(
      fc.asyncProperty(anything, async (headers) => {
        // What serve takes from a request, or writes itself. Source: ipn/ipnlocal/serve.go, addTailscaleIdentityHeaders.
        const { 'tailscale-user-login': _, 'tailscale-user-name': __, ...others } = headers;
        const byServe = { 'x-forwarded-for': '100.64.0.10', 'tailscale-user-login': ann };
        for (const written of [byServe, { 'x-forwarded-for': '100.64.0.10' }]) {
          expect((await callerOf({ ...others, ...written })).who).toBe('stranger');
          expect((await callerOf({ ...headers, ...written })).who).toBe('stranger');
        }
      }),
      { numRuns: 500 },
    );
  });

  test('from an address that is not loopback’s, they stay a stranger', async () => {
    const { callerOf } = await door();
    const from = fc.oneof(fc.ipV4(), fc.ipV6()).filter((address) => !isOwnAddress(address, []) && address !== PHONE);
    await fc.assert(
      fc.asyncProperty(anything, from, async (headers, address) => {
        const { 'tailscale-user-login': _, ...others } = headers;
        expect((await callerOf({ ...others, 'x-forwarded-for': address })).who).toBe('stranger');
      }),
      { numRuns: 500 },
    );
  });

  test('without the token or a secret they stay a stranger, wherever they are', async () => {
    const { callerOf, pairing } = await door({ token });
    await pairing?.admit('iPhone');
    const id = pairing?.list()[0]?.id ?? '';
    const guess = fc.constantFrom(
      { authorization: token },
      { authorization: `Bearer ${token}x` },
      { authorization: `Basic ${token}` },
      { cookie: `lifeline_paired=${token}` },
      { cookie: `lifeline_paired=${id}` },
      {},
    );
    await fc.assert(
      fc.asyncProperty(anything, guess, async (headers, guessed) => {
        expect((await callerOf({ ...headers, ...guessed })).who).toBe('stranger');
      }),
      { numRuns: 500 },
    );
  });
});

describe('with a token', () => {
  const token = 'a-secret of some length%';

  test('who holds it may act, from wherever, and so may a browser that was paired with it', async () => {
    const { callerOf, pairing } = await door({ token });
    const by = (headers: Record<string, string>) => callerOf({ host: '192.168.1.20:3000', ...headers });
    expect(await by({ authorization: `Bearer ${token}` })).toEqual({ who: 'token' });
    const secret = await pairing?.admit('iPhone');
    expect(await by({ cookie: `theme=dark; lifeline_paired=${secret}` })).toEqual({ who: 'token' });
    await pairing?.revoke(pairing.list()[0]?.id ?? '');
    expect(await by({ cookie: `lifeline_paired=${secret}` })).toMatchObject({ who: 'stranger' });
  });

  test.each<[string, Record<string, string>]>([
    ['nothing', {}],
    ['another', { authorization: 'Bearer wrong', cookie: 'lifeline_paired=wrong' }],
    ['the token where the browser’s own secret belongs', { cookie: `lifeline_paired=${token}` }],
    ['the token without its scheme', { authorization: token }],
    ['an empty cookie', { cookie: 'lifeline_paired=' }],
  ])(
    'who holds %s may not, not even by a loopback name: on another address of ours anybody can say that',
    async (_, headers) => {
      expect(await sentence({ token }, { host: 'localhost', ...headers })).toMatch(/who is paired with this Lifeline/);
      expect(await sentence({ token }, served(headers))).toMatch(/who is paired with this Lifeline/);
    },
  );
});
