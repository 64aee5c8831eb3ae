import { describe, expect, test, vi } from 'vitest';
import { phonePath, tailscalePing } from '#lib/host/tailscale-phone.ts';
import { tailscaleWhois } from '#lib/host/tailscale-whois.ts';
import { fc } from '#tests/support/fast-check.ts';
import {
  CLI_ERRORS,
  failing,
  HOSTILE,
  printing,
  scriptedTailscale,
  tailscalePrinting,
} from '#tests/support/scripted-tailscale.ts';

const PHONE = '100.64.0.9';

describe('a ping', () => {
  test.each([
    [`pong from iphone (${PHONE}) via 192.168.0.19:41641 in 12ms`, { via: 'direct', ms: 12 }],
    [`pong from iphone (${PHONE}) via [2001:db8::1]:41641 in 4ms`, { via: 'direct', ms: 4 }],
    [`pong from iphone (${PHONE}) via DERP(fra) in 85ms`, { via: 'relay', ms: 85 }],
    [`pong from iphone (${PHONE}) via DERP(fra) in 1.204s`, { via: 'relay', ms: 1_204 }],
    [`pong from iphone (${PHONE}) via peer-relay(203.0.113.9:40000:vni:7) in 40ms`, { via: 'relay', ms: 40 }],
    [`pong from iphone (${PHONE}) via 192.168.0.19:41641 in 0s`, { via: 'direct', ms: 0 }],
    [`pong from my via phone in (2) (${PHONE}) via DERP(fra) in 85ms`, { via: 'relay', ms: 85 }],
  ])('that is answered tells its way and its time: %s', async (line, pong) => {
    await tailscalePrinting(line);
    expect(await tailscalePing(PHONE)).toEqual({ told: pong });
  });

  test('is one, below the access rules, and does not insist on a direct way', async () => {
    await scriptedTailscale(
      `[ "$*" = "ping --c 1 --timeout 3s --until-direct=false ${PHONE}" ] && echo "pong from a (${PHONE}) via DERP(fra) in 9ms"`,
    );
    expect(await tailscalePing(PHONE)).toEqual({ told: { via: 'relay', ms: 9 } });
  });

  test('through a relay counts also where an older CLI then ends with an error', async () => {
    await scriptedTailscale(
      `echo "pong from a (${PHONE}) via DERP(fra) in 9ms"; echo 'direct connection not established' >&2; exit 1`,
    );
    expect(await tailscalePing(PHONE)).toEqual({ told: { via: 'relay', ms: 9 } });
  });

  test.each([
    ['a timeout and its summary', `echo 'ping "${PHONE}" timed out'; echo '2026/11/23 14:02:11 no reply' >&2; exit 1`],
    ['no reply', failing('no reply')],
    ['a key that has expired', failing("peer's node key has expired")],
  ])('without an answer is none: %s', async (_, lines) => {
    await scriptedTailscale(lines);
    expect(await tailscalePing(PHONE)).toEqual({ told: 'none' });
  });

  test.each<readonly [string, string, string]>([
    ['this machine itself', printing('100.64.0.7 is local Tailscale IP'), 'not-here'],
    ['nobody of this tailnet', failing('no matching peer'), 'not-here'],
    ['a tailnet that is switched off', `${printing('Tailscale is stopped.')}\nexit 1`, 'not-running'],
    ['a tailnet that one is not logged in to', failing('Logged out.'), 'not-running'],
    ['no daemon', failing(CLI_ERRORS.noDaemonLinux), 'not-running'],
    ['words of tomorrow', printing('pong by pigeon in 3 days'), 'unreadable'],
    ['a way of tomorrow', printing(`pong from a (${PHONE}) via pigeon in 3ms`), 'unreadable'],
    ...HOSTILE.filter(([, lines]) => lines !== 'sleep 600'),
  ])('tells nothing of the phone with %s', async (_, lines, why) => {
    await scriptedTailscale(lines);
    expect(await tailscalePing(PHONE)).toMatchObject({ why });
  });

  test('is given up after four seconds', async () => {
    await scriptedTailscale('sleep 600');
    const started = performance.now();
    expect(await tailscalePing(PHONE)).toMatchObject({ why: 'silent' });
    expect(performance.now() - started).toBeGreaterThan(3_900);
  });

  test('any words are read or unreadable, within the second', async () => {
    const piece = fc.constantFrom(
      'pong from ',
      ' via ',
      ' in ',
      '(',
      'DERP(',
      '12ms',
      '1e9s',
      '\n',
      'no reply',
      ':',
      '9',
    );
    const words = fc.array(
      fc.oneof(
        piece,
        fc.string().map((text) => text.replaceAll('\0', '')),
      ),
      { maxLength: 30 },
    );
    await fc.assert(
      fc.asyncProperty(words, async (pieces) => {
        await tailscalePrinting(pieces.join(''));
        const answer = await tailscalePing(PHONE);
        if ('why' in answer) expect(['unreadable', 'not-here', 'not-running']).toContain(answer.why);
        else if (answer.told !== 'none') expect(answer.told.ms).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 60, interruptAfterTimeLimit: 8_000 },
    );
    await scriptedTailscale("yes 'pong from (' | tr -d '\\n' | head -c 900000");
    expect(await tailscalePing(PHONE)).toMatchObject({ why: 'unreadable' });
  });
});

describe('the phone as tailscale sees it', () => {
  const peers = {
    BackendState: 'Running',
    Peer: {
      'nodekey:1': { DNSName: 'mini.tail1234.ts.net.', TailscaleIPs: ['100.64.0.8'], Online: true },
      'nodekey:2': {
        HostName: 'localhost',
        DNSName: 'iphone.tail1234.ts.net.',
        TailscaleIPs: [PHONE, 'fd7a:115c:a1e0::9'],
        Online: false,
        LastSeen: '2026-11-22T09:40:00.1Z',
      },
      'nodekey:3': null,
      'nodekey:4': { TailscaleIPs: ['100.64.0.10'], LastSeen: '0001-01-01T00:00:00Z' },
    },
  };
  const SEEN = { address: PHONE, node: 'iphone', isOnline: false, lastSeenAt: Date.UTC(2026, 10, 22, 9, 40, 0, 100) };
  const answering = (status: string, ping: string) =>
    scriptedTailscale(`case "$1" in\nstatus) ${status}\n;;\nping) ${ping}\n;;\nesac`);
  const PONG = printing(`pong from iphone (${PHONE}) via DERP(fra) in 85ms`);

  test('has its name, whether it is online and when it was seen; it is pinged only when asked', async () => {
    await answering(printing(peers), 'touch "$0.pinged"; sleep 600');
    expect(await phonePath(PHONE, { ping: false })).toEqual({ told: SEEN });
    expect(await phonePath('FD7A:115c:a1e0::9', { ping: false })).toMatchObject({ told: { node: 'iphone' } });
  });

  test('with the answer to a ping when that is asked for', async () => {
    await answering(printing(peers), PONG);
    expect(await phonePath(PHONE, { ping: true })).toEqual({ told: { ...SEEN, pong: { via: 'relay', ms: 85 } } });
  });

  test.each([
    ['straight', { CurAddr: '192.168.0.19:41641', Relay: 'fra', Active: true }, { via: 'direct' }],
    ['through a region', { CurAddr: '', Relay: 'fra', Active: true }, { via: 'relay', relay: 'fra' }],
    [
      'through a peer',
      { CurAddr: '', PeerRelay: '203.0.113.9:40000:vni:7', Relay: 'fra', Active: true },
      { via: 'relay' },
    ],
    ['nowhere while idle', { CurAddr: '', Relay: 'fra', Active: false }, {}],
    ['in a way that is not said', { CurAddr: null, Relay: '', Active: true }, {}],
  ])('its packets go %s', async (_, way, told) => {
    await tailscalePrinting({ Peer: { 'nodekey:2': { TailscaleIPs: [PHONE], ...way } } });
    expect(await phonePath(PHONE, { ping: false })).toEqual({ told: { address: PHONE, ...told } });
  });

  test('without what the tailnet does not say', async () => {
    await tailscalePrinting(peers);
    expect(await phonePath('100.64.0.10', { ping: false })).toEqual({ told: { address: '100.64.0.10' } });
    expect(await phonePath('100.64.0.11', { ping: false })).toEqual({ told: { address: '100.64.0.11' } });
    await tailscalePrinting({ BackendState: 'Running', Peer: null });
    expect(await phonePath(PHONE, { ping: false })).toEqual({ told: { address: PHONE } });
  });

  test('of two questions, the one that was answered is told', async () => {
    await answering(printing('no JSON'), PONG);
    expect(await phonePath(PHONE, { ping: true })).toEqual({
      told: { address: PHONE, pong: { via: 'relay', ms: 85 } },
    });
    await answering(printing(peers), failing('unknown flag'));
    expect(await phonePath(PHONE, { ping: true })).toEqual({ told: SEEN });
    await answering(printing('no JSON'), failing('unknown flag'));
    expect(await phonePath(PHONE, { ping: true })).toMatchObject({ why: 'unreadable' });
  });
});

describe('whose device an address is', () => {
  const node = (also: object) => ({
    Node: { ID: 9007199254740993n.toString(), Name: 'iphone.tail1234.ts.net.', ...also },
    UserProfile: { LoginName: 'grant@example.com', DisplayName: 'Grant' },
    CapMap: null,
  });

  test('a person’s device has their login and its name', async () => {
    await tailscalePrinting(node({}));
    expect(await tailscaleWhois(PHONE)).toEqual({ told: { login: 'grant@example.com', node: 'iphone', tags: [] } });
  });

  test('a tagged device is nobody’s, whatever its profile says', async () => {
    await tailscalePrinting(node({ Tags: ['tag:server'] }));
    expect(await tailscaleWhois(PHONE)).toEqual({ told: { login: null, node: 'iphone', tags: ['tag:server'] } });
  });

  test.each([{}, { Node: null, UserProfile: null }, { Node: { Name: '' }, UserProfile: { LoginName: '' } }])(
    'what is not said is null: %j',
    async (answer) => {
      await tailscalePrinting(answer);
      expect(await tailscaleWhois(PHONE)).toEqual({ told: { login: null, node: null, tags: [] } });
    },
  );

  test.each<readonly [string, string, string]>([
    ['an address that nobody has', failing(`no match for IP:port`), 'not-here'],
    ['no daemon', failing(CLI_ERRORS.noDaemonMac), 'not-running'],
    ...HOSTILE,
  ])('is unknown after %s', async (_, lines, why) => {
    await scriptedTailscale(lines);
    expect(await tailscaleWhois(PHONE)).toMatchObject({ why });
  });

  test.each(['', '--help', '100.64.0.9 --x', 'iphone', '100.64.0.9\n--x'])(
    'what is not an address never reaches the CLI: “%s”',
    async (text) => {
      await tailscalePrinting(node({}));
      expect(await tailscaleWhois(text)).toMatchObject({ why: 'not-here' });
      expect(await tailscalePing(text)).toMatchObject({ why: 'not-here' });
    },
  );
});

test('without tailscale nothing of it is known', async () => {
  vi.stubEnv('TAILSCALE_BIN', '/nowhere/tailscale');
  const answers = await Promise.all([tailscaleWhois(PHONE), tailscalePing(PHONE), phonePath(PHONE, { ping: true })]);
  vi.unstubAllEnvs();
  for (const answer of answers) expect(answer).toMatchObject({ why: 'not-installed' });
});
