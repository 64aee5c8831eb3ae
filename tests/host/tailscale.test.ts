import { readFile } from 'node:fs/promises';
import { describe, expect, test, vi } from 'vitest';
import { statusSchema } from '#lib/contract/tailscale.ts';
import { TAILSCALE_STATES } from '#lib/domain/host-facts.ts';
import { tailscaleStatus } from '#lib/host/tailscale.ts';
import type { OwnNode } from '#lib/host/tailscale-login.ts';
import { fc } from '#tests/support/fast-check.ts';
import {
  CLI_ERRORS,
  failing,
  HOSTILE,
  printing,
  scriptedTailscale,
  tailscalePrinting,
} from '#tests/support/scripted-tailscale.ts';

const NOW = Date.UTC(2026, 10, 23, 14);

const RUNNING = {
  Version: '1.96.4-t0123abcd',
  TUN: true,
  BackendState: 'Running',
  TailscaleIPs: ['100.64.0.7', 'fd7a:115c:a1e0::7'],
  Self: { DNSName: 'macbook.tail1234.ts.net.', Online: true, UserID: 1, KeyExpiry: '2027-02-01T09:00:00Z' },
  Health: [],
  CurrentTailnet: { Name: 'me@example.com', MagicDNSSuffix: 'tail1234.ts.net', MagicDNSEnabled: true },
  CertDomains: ['macbook.tail1234.ts.net'],
  // Without the peers it prints no users either, not even its own.
  Peer: null,
  User: null,
};

const WHOIS = {
  Node: { Name: 'macbook.tail1234.ts.net.' },
  UserProfile: { ID: 1, LoginName: 'grant@example.com', DisplayName: 'Grant', ProfilePicURL: 'https://…' },
};

/** A CLI that says this of its status, and this of whose an address is; what it was asked is kept. */
const owned = (status: string, whois = printing(WHOIS)) =>
  scriptedTailscale(`echo "$*" >> "$0.asked"\ncase "$1" in\nstatus)\n${status}\n;;\nwhois)\n${whois}\n;;\nesac`);
const asked = async () => (await readFile(`${process.env['TAILSCALE_BIN']}.asked`, 'utf8')).trim().split('\n');

const KNOWN = {
  state: 'running',
  dnsName: 'macbook.tail1234.ts.net',
  addresses: ['100.64.0.7', 'fd7a:115c:a1e0::7'],
  isMagicDnsEnabled: true,
  isHttpsEnabled: true,
  isOnline: true,
  hasTun: true,
  keyExpiresAt: Date.UTC(2027, 1, 1, 9),
  isExpired: false,
  health: [],
  login: 'grant@example.com',
} as const;

const NOTHING = {
  dnsName: '',
  addresses: [],
  isMagicDnsEnabled: null,
  isHttpsEnabled: false,
  isOnline: null,
  hasTun: null,
  keyExpiresAt: null,
  isExpired: false,
  health: [],
  login: null,
} as const;

const told = async (now = NOW) => {
  const answer = await tailscaleStatus({ now });
  if ('why' in answer) throw new Error(answer.detail);
  return answer.told;
};

describe('what tailscale says of this machine', () => {
  test('running: name without its last dot, addresses, what is switched on, whose it is', async () => {
    await owned(printing(RUNNING));
    expect(await tailscaleStatus({ now: NOW })).toEqual({ told: KNOWN });
    expect(await asked()).toEqual(['status --json --peers=false', 'whois --json 100.64.0.7']);
  });

  test('is asked without its peers, in a way in which the Mac’s app knows itself as a CLI', async () => {
    await scriptedTailscale(
      '[ "$*" = "status --json --peers=false" ] && [ "$TAILSCALE_BE_CLI" = 1 ] && echo \'{"BackendState":"Stopped"}\'',
    );
    expect(await tailscaleStatus()).toEqual({ told: { state: 'stopped', ...NOTHING } });
  });

  test.each([
    ['Running', 'running'],
    ['Stopped', 'stopped'],
    ['Starting', 'starting'],
    ['NoState', 'starting'],
    ['NeedsLogin', 'needs-login'],
    ['NeedsMachineAuth', 'needs-approval'],
    ['InUseOtherUser', 'used-by-another-user'],
  ])('%s is %s, with everything else there, null or missing', async (theirs, ours) => {
    await owned(printing({ ...RUNNING, BackendState: theirs }));
    const login = ours === 'running' ? KNOWN.login : null;
    expect(await tailscaleStatus({ now: NOW })).toEqual({ told: { ...KNOWN, state: ours, login } });
    const nulls = Object.fromEntries(Object.keys(RUNNING).map((key) => [key, null]));
    await tailscalePrinting({ ...nulls, BackendState: theirs });
    expect(await tailscaleStatus({ now: NOW })).toEqual({ told: { ...NOTHING, state: ours } });
    await tailscalePrinting({ BackendState: theirs, Self: {}, CurrentTailnet: {} });
    expect(await tailscaleStatus({ now: NOW })).toEqual({ told: { ...NOTHING, state: ours } });
  });

  test('a key is expired when its time is over or the daemon says so; one without an end never is', async () => {
    const withKey = (also: object) => tailscalePrinting({ ...RUNNING, Self: { ...RUNNING.Self, ...also } });
    await withKey({});
    expect(await told(KNOWN.keyExpiresAt)).toMatchObject({ isExpired: false });
    expect(await told(KNOWN.keyExpiresAt + 1)).toMatchObject({ isExpired: true });
    await withKey({ Expired: true });
    expect(await told()).toMatchObject({ isExpired: true });
    for (const none of [undefined, null, '', '0001-01-01T00:00:00Z', 'soon']) {
      await withKey({ KeyExpiry: none });
      expect(await told()).toMatchObject({ isExpired: false, keyExpiresAt: null });
    }
  });

  test('userspace mode, MagicDNS off and no connection to the coordination server are told as such', async () => {
    await tailscalePrinting({
      ...RUNNING,
      TUN: false,
      CurrentTailnet: { MagicDNSEnabled: false },
      Self: { ...RUNNING.Self, Online: false },
    });
    expect(await told()).toMatchObject({ hasTun: false, isMagicDnsEnabled: false, isOnline: false });
  });

  test('its complaints are kept word by word; that there is an update is none', async () => {
    const complaint = 'Tailscale could not connect to any relay server.';
    await tailscalePrinting({
      ...RUNNING,
      Health: ['An update from version 1.96.4 to 1.98.0 is available.', complaint],
    });
    expect(await told()).toMatchObject({ health: [complaint] });
  });
});

test('whose this machine is depends on its address, all digits of its user and its tags', async () => {
  const asked: OwnNode[] = [];
  const ownLogin = async (own: OwnNode) => {
    asked.push(own);
    return 'grant@example.com';
  };
  const saying = (self: string) =>
    scriptedTailscale(printing(`{"BackendState":"Running","TailscaleIPs":["100.64.0.7","fd7a::7"],"Self":{${self}}}`));
  await saying('"UserID":9007199254740993');
  expect(await tailscaleStatus({ ownLogin })).toMatchObject({ told: { login: 'grant@example.com' } });
  await saying('"UserID":"77","Tags":["tag:server"]');
  await tailscaleStatus({ ownLogin });
  await tailscalePrinting({ BackendState: 'Stopped' });
  await tailscaleStatus({ ownLogin });
  expect(asked).toEqual([
    { address: '100.64.0.7', userId: '9007199254740993', isTagged: false, isRunning: true },
    { address: '100.64.0.7', userId: '77', isTagged: true, isRunning: true },
    { address: null, userId: '', isTagged: false, isRunning: false },
  ]);
});

describe('tailscale cannot be asked', () => {
  test.each([CLI_ERRORS.noDaemonMac, CLI_ERRORS.noDaemonLinux])(
    'that its daemon is not there is something that we know: %s',
    async (sentence) => {
      await scriptedTailscale(failing(sentence));
      expect(await tailscaleStatus()).toEqual({ told: { state: 'not-running', ...NOTHING } });
    },
  );

  test.each([
    ...HOSTILE,
    ['words for JSON', 'echo Running', 'unreadable'] as const,
    ['another shape', 'echo "[]"', 'unreadable'] as const,
    ['half of it', 'echo \'{"BackendState":"Runn\'', 'unreadable'] as const,
    ['a state of tomorrow', 'echo \'{"BackendState":"Dreaming"}\'', 'unreadable'] as const,
  ])('is unknown after %s', async (_, lines, why) => {
    await scriptedTailscale(lines);
    expect(await tailscaleStatus()).toMatchObject({ why, detail: expect.stringMatching(/\S/) });
  });

  test('is unknown without the CLI, and a TAILSCALE_BIN that is wrong is not replaced by another', async () => {
    vi.stubEnv('TAILSCALE_BIN', '/nowhere/tailscale');
    expect(await tailscaleStatus()).toEqual({ why: 'not-installed', detail: 'tailscale is not installed' });
    vi.unstubAllEnvs();
  });
});

/** Any JSON in the place of any field of a real answer. */
const mutated = fc.record(
  Object.fromEntries(
    Object.entries({ ...RUNNING, Self: undefined }).map(([key, value]) => [
      key,
      fc.oneof({ weight: 4, arbitrary: fc.constant(value) }, fc.jsonValue()),
    ]),
  ),
  { requiredKeys: [] },
);

/** As it is read: a whole number of more digits than a number keeps is text. */
const asRead = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value), (_, each: unknown) =>
    Number.isInteger(each) && !Number.isSafeInteger(each) ? String(each) : each,
  );

test('any JSON of any shape is either read into the domain’s words or unreadable', async () => {
  await fc.assert(
    fc.asyncProperty(fc.oneof(mutated, fc.jsonValue()), async (value) => {
      await tailscalePrinting(value);
      const answer = await tailscaleStatus({ now: NOW });
      if ('why' in answer) {
        expect(answer.why).toBe('unreadable');
        expect(answer.detail.length).toBeLessThanOrEqual(200);
      } else {
        expect(statusSchema.safeParse(asRead(value)).success).toBe(true);
        expect(TAILSCALE_STATES).toContain(answer.told.state);
      }
    }),
    {
      numRuns: 60,
      interruptAfterTimeLimit: 8_000,
      examples: [[{ BackendState: 'Running', TailscaleIPs: [-(2 ** 53)] }]],
    },
  );
});
