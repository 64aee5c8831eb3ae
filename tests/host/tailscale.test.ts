import { afterEach, describe, expect, test, vi } from 'vitest';
import { tailscaleStatus } from '#lib/host/tailscale.ts';
import { tailscaleServeTarget } from '#lib/host/tailscale-serve.ts';
import { scriptedTool } from '#tests/support/scripted-tool.ts';

afterEach(() => vi.unstubAllEnvs());

const installScript = async (lines: string) => vi.stubEnv('TAILSCALE_BIN', await scriptedTool(lines));
const printing = (value: unknown) => installScript(`cat <<'END'\n${JSON.stringify(value)}\nEND`);

const RUNNING = {
  Version: '1.96.4-t0123abcd',
  TUN: true,
  BackendState: 'Running',
  TailscaleIPs: ['100.64.0.7', 'fd7a:115c:a1e0::7'],
  Self: { DNSName: 'macbook.tail1234.ts.net.', Online: true, UserID: 1, KeyExpiry: '2027-02-01T09:00:00Z' },
  Health: [],
  CurrentTailnet: { Name: 'me@example.com', MagicDNSSuffix: 'tail1234.ts.net', MagicDNSEnabled: true },
  CertDomains: ['macbook.tail1234.ts.net'],
  Peer: null,
};

describe('the status of tailscale', () => {
  test('running: name without its last dot, addresses, what is switched on', async () => {
    await printing(RUNNING);
    expect(await tailscaleStatus()).toEqual({
      state: 'running',
      dnsName: 'macbook.tail1234.ts.net',
      addresses: ['100.64.0.7', 'fd7a:115c:a1e0::7'],
      magicDnsEnabled: true,
      httpsEnabled: true,
      online: true,
      keyExpiresAt: Date.UTC(2027, 1, 1, 9),
      health: [],
    });
  });

  test('is asked without its peers', async () => {
    await installScript('[ "$*" = "status --json --peers=false" ] && echo \'{"BackendState":"Stopped"}\'');
    expect(await tailscaleStatus()).toMatchObject({ state: 'stopped' });
  });

  test('logged out: everything may be null', async () => {
    const nulls = { TailscaleIPs: null, Self: null, Health: null, CurrentTailnet: null, CertDomains: null };
    await printing({ ...RUNNING, ...nulls, BackendState: 'NeedsLogin' });
    expect(await tailscaleStatus()).toMatchObject({
      state: 'needs-login',
      dnsName: '',
      addresses: [],
      magicDnsEnabled: false,
      online: null,
      keyExpiresAt: null,
    });
  });

  test.each([
    ['Stopped', 'stopped'],
    ['Starting', 'starting'],
    ['NoState', 'starting'],
    ['NeedsMachineAuth', 'needs-approval'],
    ['InUseOtherUser', 'used-by-another-user'],
  ])('%s is %s', async (theirs, ours) => {
    await printing({ ...RUNNING, BackendState: theirs });
    expect(await tailscaleStatus()).toMatchObject({ state: ours });
  });

  test.each([
    ['a daemon that does not run', "echo 'failed to connect to local tailscaled; …' >&2; exit 1", 'not-running'],
    ['a daemon that refuses', "echo 'Access denied: …' >&2; exit 1", 'not-permitted'],
    ['an option it does not know', "echo 'flag provided but not defined: -peers' >&2; exit 2", 'unreadable'],
    ['words for JSON', 'echo Running', 'unreadable'],
    ['another shape', 'echo "[]"', 'unreadable'],
    ['a state of tomorrow', 'echo \'{"BackendState":"Dreaming"}\'', 'unreadable'],
    ['100 MB', 'head -c 100000000 /dev/zero', 'unreadable'],
    ['silence', 'sleep 600', 'silent'],
  ])('is unknown after %s', async (_, lines, why) => {
    await installScript(lines);
    const status = await tailscaleStatus();
    expect(status).toMatchObject({ state: 'unknown', why, detail: expect.stringMatching(/\S/) });
  });

  test('is unknown without the CLI, and a TAILSCALE_BIN that is wrong is not replaced by another', async () => {
    vi.stubEnv('TAILSCALE_BIN', '/nowhere/tailscale');
    expect(await tailscaleStatus()).toMatchObject({ state: 'unknown', why: 'not-installed' });
  });
});

describe('what tailscale serve publishes', () => {
  const HOST = 'macbook.tail1234.ts.net';
  const serving = (port: number, proxy: string) => ({
    TCP: { [port]: { HTTPS: true } },
    Web: { [`${HOST}:${port}`]: { Handlers: { '/': { Proxy: proxy } } } },
  });

  test('a local port on 443 has a URL without a port', async () => {
    await printing(serving(443, 'http://127.0.0.1:3000'));
    expect(await tailscaleServeTarget(3000)).toEqual({ outcome: 'served', url: `https://${HOST}`, funnel: false });
    expect(await tailscaleServeTarget(3001)).toEqual({ outcome: 'not-served' });
  });

  test('another port is part of the URL', async () => {
    await printing(serving(8443, 'http://localhost:3000'));
    expect(await tailscaleServeTarget(3000)).toMatchObject({ url: `https://${HOST}:8443` });
  });

  test('Funnel is told', async () => {
    await printing({ ...serving(443, 'http://127.0.0.1:3000'), AllowFunnel: { [`${HOST}:443`]: true } });
    expect(await tailscaleServeTarget(3000)).toMatchObject({ funnel: true });
  });

  test('what a running command serves counts', async () => {
    await printing({ TCP: null, Foreground: { session: serving(443, 'http://127.0.0.1:3000') } });
    expect(await tailscaleServeTarget(3000)).toMatchObject({ outcome: 'served' });
  });

  test.each([
    ['nothing at all', null],
    ['an empty configuration', {}],
    [
      'plain http',
      {
        TCP: { 80: { HTTP: true } },
        Web: { [`${HOST}:80`]: { Handlers: { '/': { Proxy: 'http://127.0.0.1:3000' } } } },
      },
    ],
    ['the port of another machine', serving(443, 'http://100.64.0.8:3000')],
    ['a folder', { TCP: { 443: { HTTPS: true } }, Web: { [`${HOST}:443`]: { Handlers: { '/': { Path: '/srv' } } } } }],
    [
      'the port below another path only',
      {
        TCP: { 443: { HTTPS: true } },
        Web: { [`${HOST}:443`]: { Handlers: { '/lifeline': { Proxy: 'http://127.0.0.1:3000' } } } },
      },
    ],
  ])('%s is not our port over https', async (_, config) => {
    await printing(config);
    expect(await tailscaleServeTarget(3000)).toEqual({ outcome: 'not-served' });
  });

  test('is unknown when the daemon does not run', async () => {
    await installScript("echo 'failed to connect to local Tailscale service; is Tailscale running?' >&2; exit 1");
    expect(await tailscaleServeTarget(3000)).toMatchObject({ outcome: 'unknown', why: 'not-running' });
  });
});
