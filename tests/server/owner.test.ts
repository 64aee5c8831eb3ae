import { writeFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { mayAct } from '#lib/server/owner.ts';
import {
  door,
  HOST,
  MAC,
  OWNER,
  PHONE,
  STATUS,
  sentence,
  served,
  type World,
  whois,
} from '#tests/support/owner-door.ts';
import { CLI_ERRORS, failing, HOSTILE, printing } from '#tests/support/scripted-tailscale.ts';

describe('the person at the Mac', () => {
  test.each(['localhost:3000', '127.0.0.1:3000', '[::1]:3000', 'LOCALHOST', '127.0.0.1'])(
    'comes by the loopback name %s',
    async (host) => {
      expect(await (await door()).callerOf({ host })).toEqual({ who: 'local' });
    },
  );

  test.each(['127.0.0.1', '::1', '::ffff:127.0.0.1'])(
    'is not hidden by the headers that Next adds for a connection from %s',
    async (from) => {
      const added = { 'x-forwarded-host': 'localhost:3000', 'x-forwarded-port': '3000', 'x-forwarded-proto': 'http' };
      const { callerOf } = await door();
      expect(await callerOf({ host: 'localhost:3000', 'x-forwarded-for': from, ...added })).toEqual({ who: 'local' });
    },
  );

  test.each<[string, World]>([
    ['without tailscale', { bin: '/nowhere/tailscale' }],
    ['without its daemon', { status: failing(CLI_ERRORS.noDaemonMac), serve: failing(CLI_ERRORS.noDaemonMac) }],
  ])('may act %s, which then leads nobody here', async (_, world) => {
    const { callerOf } = await door(world);
    expect(await callerOf({ host: 'localhost' })).toEqual({ who: 'local' });
    expect(await callerOf(served())).toMatchObject({ who: 'stranger' });
  });

  test.each<[string, World]>([
    ...HOSTILE.flatMap<[string, World]>(([what, lines]) => [
      [`${what}, asked what is served`, { serve: lines }],
      [`${what}, asked for its status`, { status: lines }],
    ]),
    ['a status without a word on its TUN', { status: printing({ ...STATUS, TUN: null }) }],
  ])('cannot be told after %s, which leaves open whether others pose as them', async (_, world) => {
    const { callerOf } = await door(world);
    const refused = {
      allowed: false,
      detail: expect.stringMatching(/whether other devices.*\(.+\).*LIFELINE_TOKEN/),
    };
    expect(mayAct(await callerOf({ host: 'localhost' }), 'start')).toEqual(refused);
    expect(mayAct(await callerOf(served()), 'start')).toEqual(refused);
  });

  test.each<[string, Record<string, string>]>([
    ['another name', { host: HOST }],
    ['a name that only begins so', { host: 'localhost.evil.example' }],
    ['no name', {}],
    ['a header of tailscale', { host: 'localhost', 'tailscale-user-login': OWNER }],
    ['any header of tailscale', { host: 'localhost', 'tailscale-headers-info': 'x' }],
    ['a proxy’s Forwarded', { host: 'localhost', forwarded: 'for=127.0.0.1' }],
    ['an address on the LAN', { host: 'localhost', 'x-forwarded-for': '192.168.1.20' }],
    ['an address of the tailnet', { host: 'localhost', 'x-forwarded-for': PHONE }],
    ['a list that begins on loopback', { host: 'localhost', 'x-forwarded-for': '127.0.0.1, 192.168.1.20' }],
    ['an empty address', { host: 'localhost', 'x-forwarded-for': '' }],
    ['another name before the proxy', { host: 'localhost', 'x-forwarded-host': HOST }],
  ])('is not who comes with %s', async (_, headers) => {
    expect((await (await door()).callerOf(headers)).who).toBe('stranger');
  });

  test('cannot be told where the tailnet’s connections arrive on loopback too', async () => {
    const userspace = { status: printing({ ...STATUS, TUN: false }) };
    const raw = { serve: printing({ TCP: { 3000: { TCPForward: '127.0.0.1:3000' } } }) };
    for (const world of [userspace, raw]) {
      expect(await sentence(world, { host: 'localhost' })).toMatch(/nobody may start it.*LIFELINE_TOKEN/);
      expect(await sentence(world, served())).toMatch(/nobody may start it/);
    }
    const other = { serve: printing({ TCP: { 8000: { TCPForward: '127.0.0.1:8000' } } }) };
    expect(await sentence(other, { host: 'localhost' })).toBe('may act');
  });
});

describe('through tailscale serve', () => {
  test.each<[string, World, Record<string, string>]>([
    [
      'another person',
      { whois: printing(whois('ann@example.com')) },
      served({ 'tailscale-user-login': 'ann@example.com' }),
    ],
    ['somebody from another network', {}, served({ 'x-forwarded-for': '203.0.113.9' })],
    ['a device that whois does not know', { whois: 'exit 1' }, served()],
    ['whoever comes while the machine is nobody’s', { owner: printing(whois('', { Tags: ['tag:mac'] })) }, served()],
    [
      'whoever comes by a raw forward',
      { serve: printing({ TCP: { 3000: { TCPForward: '127.0.0.1:3000' } } }) },
      served(),
    ],
  ])('%s reads the same of grading as of starting', async (_, world, headers) => {
    const [start, grade] = [await sentence(world, headers), await sentence(world, headers, 'grade')];
    expect(start).toContain('may start it');
    expect(grade).toBe(start.replace('may start it', 'may grade cards'));
  });

  test('the owner’s own device may act, as whois bears out', async () => {
    const { callerOf, asked } = await door();
    expect(await callerOf(served())).toEqual({ who: 'owner', login: OWNER });
    expect(await asked()).toContain(`whois --json ${PHONE}`);
    expect(await callerOf(served({ 'x-forwarded-for': 'fd7a:115c:a1e0::9' }))).toMatchObject({ who: 'owner' });
  });

  test('a login that is not ASCII is read as serve encodes it', async () => {
    const login = 'jürgen_müller.mit.einem.sehr.langen.namen@bücher.example';
    const [first, second] = ['j=C3=BCrgen=5Fm=C3=BCller.mit.einem.sehr.langen.', 'namen@b=C3=BCcher.example'];
    const world = { owner: printing(whois(login)), whois: printing(whois(login)) };
    const headers = served({ 'tailscale-user-login': `=?utf-8?q?${first}?= =?utf-8?q?${second}?=` });
    expect(await (await door(world)).callerOf(headers)).toEqual({ who: 'owner', login });
  });

  test.each<[string, World, Record<string, string>, string | RegExp]>([
    [
      'another person',
      { whois: printing(whois('ann@example.com')) },
      served({ 'tailscale-user-login': 'ann@example.com' }),
      'Only grant@example.com may start it; you are ann@example.com.',
    ],
    [
      'another person who says that they are the owner',
      { whois: printing(whois('ann@example.com')) },
      served(),
      /says that it is grant@example\.com’s, Tailscale that it is ann@example\.com’s/,
    ],
    [
      'the owner’s device under another name',
      {},
      served({ 'tailscale-user-login': 'ann@example.com' }),
      /says that it is ann@example\.com’s/,
    ],
    ['a tagged device', { whois: printing(whois(OWNER, { Tags: ['tag:tv'] })) }, served(), /tagged.*nobody’s own/],
    [
      'a device without a login',
      { whois: printing({}) },
      served(),
      'Only grant@example.com may start it; Tailscale does not say whose device this is.',
    ],
    ['another proxy', {}, { host: HOST, 'x-forwarded-for': PHONE }, /came by another way/],
    ['two proxies', {}, served({ 'x-forwarded-for': `${PHONE}, 100.64.0.10` }), /passed on more than once/],
    ['an address outside of the tailnet', {}, served({ 'x-forwarded-for': '203.0.113.9' }), /through tailscale serve/],
    ['no address', {}, { host: HOST, 'tailscale-user-login': OWNER }, /through tailscale serve/],
    ['Funnel', {}, served({ 'tailscale-funnel-request': '?1' }), /through tailscale serve/],
    ['an address that nobody has', { whois: failing('no match for IP:port') }, served(), /could not say.*no match/],
    ['a whois that never ends', { whois: 'sleep 600' }, served(), /could not say whose device this is: .*in time/],
    ['a whois that says 100 MB', { whois: 'head -c 100000000 /dev/zero' }, served(), /could not say/],
    [
      'a tagged machine, which is nobody’s',
      { status: printing({ ...STATUS, Self: { UserID: 1, Tags: ['tag:server'] } }) },
      served(),
      /whose machine this is/,
    ],
    ['a whois that fails for this machine', { owner: failing('no match') }, served(), /whose machine this is/],
    ['a daemon that is gone', { status: failing('failed to connect to local tailscaled') }, served(), /whose machine/],
  ])('%s may not act, and reads why', async (_, world, headers, said) => {
    const told = await sentence(world, headers);
    if (typeof said === 'string') expect(told).toBe(said);
    else expect(told).toMatch(said);
    expect(told).toMatch(/^[A-Z].{20,200}$/);
  });

  test('tailscale is asked once a minute for each device, and again soon when it did not tell', async () => {
    const { callerOf, clock, asked } = await door();
    await Promise.all([callerOf(served()), callerOf(served()), callerOf(served())]);
    clock.ms = 59_000;
    await callerOf(served());
    const each = ['serve status --json', 'status --json --peers=false', `whois --json ${PHONE}`];
    expect(await asked()).toEqual([...each, `whois --json ${MAC}`].sort());
    clock.ms = 61_000;
    await callerOf(served());
    // Whose machine this is stays known.
    expect(await asked()).toEqual([...each, ...each, `whois --json ${MAC}`].sort());

    const deaf = await door({ whois: failing('no match') });
    await deaf.callerOf(served());
    deaf.clock.ms = 4_000;
    await deaf.callerOf(served());
    deaf.clock.ms = 6_000;
    await deaf.callerOf(served());
    expect((await deaf.asked()).filter((line) => line.endsWith(PHONE))).toHaveLength(2);
  });

  test('the owner is known soon after Tailscale was switched on, by the first request that comes then', async () => {
    const off = printing({ ...STATUS, BackendState: 'Stopped', TailscaleIPs: null });
    const status = `if [ -e "$0.on" ]; then\n${printing(STATUS)}\nelse\n${off}\nfi`;
    const { callerOf, clock } = await door({ status });
    expect(await callerOf({ host: 'localhost:3000' })).toEqual({ who: 'local' });
    await writeFile(`${process.env['TAILSCALE_BIN']}.on`, '');
    clock.ms = 6_000;
    expect(await callerOf(served())).toEqual({ who: 'owner', login: OWNER });
  });
});
