import { expect, test } from 'vitest';
import { tailscaleStatus } from '#lib/host/tailscale.ts';
import { tailscaleRoots } from '#lib/host/tailscale-serve.ts';
import { serveView } from '#lib/server/serve-view.ts';
import {
  CLI_ERRORS,
  failing,
  HOSTILE,
  printing,
  runningAs,
  scriptedTailscale,
} from '#tests/support/scripted-tailscale.ts';

const HOST = 'macbook.tail1234.ts.net';
const URL_HERE = `https://${HOST}`;
const PUBLISH = 'tailscale serve --bg 3000';

const running = runningAs(HOST);
const proxy = (to: string) => ({ '/': { Proxy: to } });
const site = (handlers: object, { at = 443, host = HOST, isPublic = false } = {}) => ({
  TCP: { [at]: { HTTPS: true } },
  Web: { [`${host}:${at}`]: { Handlers: handlers } },
  ...(isPublic ? { AllowFunnel: { [`${host}:${at}`]: true } } : {}),
});
const HERE = proxy('http://127.0.0.1:3000');

type World = { readonly status?: unknown; readonly serve?: unknown; readonly platform?: NodeJS.Platform };

/** What is seen of a CLI that answers so. */
async function seen({ status = running, serve = {}, platform = 'darwin' }: World) {
  await scriptedTailscale(
    `case "$*" in serve*)\n${printing(serve)}\n;;\nstatus*)\n${printing(status)}\n;;\n*) exit 1;; esac`,
  );
  const [tailscale, roots] = await Promise.all([tailscaleStatus(), tailscaleRoots()]);
  return serveView({ port: 3_000, roots, tailscale, platform });
}

test('a port that https leads to is published, at the address that a phone opens', async () => {
  expect(await seen({ serve: site(HERE) })).toEqual({
    state: 'published',
    url: URL_HERE,
    command: PUBLISH,
    detail: null,
  });
  expect(await seen({ serve: site(HERE, { at: 8443 }) })).toMatchObject({
    state: 'published',
    url: `${URL_HERE}:8443`,
  });
});

test('where Funnel covers it, it is public, and the command keeps the way of the tailnet', async () => {
  const serve = site(HERE, { isPublic: true });
  expect(await seen({ serve })).toEqual({ state: 'public', url: URL_HERE, command: PUBLISH, detail: null });
  expect(await seen({ serve: site(HERE, { at: 8443, isPublic: true }) })).toMatchObject({
    command: 'tailscale serve --bg --https=8443 3000',
  });
  expect(await seen({ serve: { Foreground: { session: serve } } })).toMatchObject({
    state: 'public',
    detail: 'A tailscale funnel runs in a terminal.',
  });
});

test('Funnel on one of two ports is warned of, though the other is private', async () => {
  const [open, closed] = [site(HERE, { at: 8443, isPublic: true }), site(HERE)];
  const serve = { ...open, TCP: { ...closed.TCP, ...open.TCP }, Web: { ...closed.Web, ...open.Web } };
  expect(await seen({ serve })).toMatchObject({ state: 'public', url: `${URL_HERE}:8443` });
});

test('what a command in a terminal serves is said to end with it', async () => {
  expect(await seen({ serve: { Foreground: { session: site(HERE) } } })).toMatchObject({
    state: 'published',
    detail: 'Until the command in its terminal ends.',
  });
});

test.each([
  ['another port', site(proxy('http://127.0.0.1:8080')), `${URL_HERE} leads to http://127.0.0.1:8080.`],
  ['a folder', site({ '/': { Path: '/srv/www' } }), `${URL_HERE} leads to the files in /srv/www.`],
  ['a text', site({ '/': { Text: 'hello' } }), `${URL_HERE} leads to a text.`],
  ['raw TCP', { TCP: { 443: { TCPForward: '127.0.0.1:8443' } } }, 'Port 443 (tcp) leads to 127.0.0.1:8443.'],
])('an address that leads to %s is left to it, and Lifeline goes beside it', async (_, serve, detail) => {
  expect(await seen({ serve })).toEqual({
    state: 'elsewhere',
    url: null,
    command: 'tailscale serve --bg --https=8443 3000',
    detail,
  });
});

test('beside it means a port that nothing else has', async () => {
  const [one, other] = [site(proxy('http://127.0.0.1:8080')), site(proxy('http://127.0.0.1:9000'), { at: 8443 })];
  const serve = { TCP: { ...one.TCP, ...other.TCP }, Web: { ...one.Web, ...other.Web } };
  expect(await seen({ serve })).toMatchObject({ command: 'tailscale serve --bg --https=10000 3000' });
});

test.each([
  ['nothing is served', {}],
  ['null is served', null],
  ['another path is', site({ '/notes': { Proxy: 'http://127.0.0.1:3000' } })],
  ['another port is', site(proxy('http://127.0.0.1:8000'), { at: 8443 })],
])('not published while %s', async (_, serve) => {
  expect(await seen({ serve })).toEqual({ state: 'not-published', url: null, command: PUBLISH, detail: null });
});

test.each([
  ['there are no certificates', { ...running, CertDomains: null }, {}, /gives no certificates: turn HTTPS on/],
  [
    'it is served, but there are no certificates',
    { ...running, CertDomains: [] },
    site(HERE),
    /is served\. The tailnet gives no/,
  ],
  ['MagicDNS is off', { ...running, CurrentTailnet: { MagicDNSEnabled: false } }, {}, /^MagicDNS is off/],
  ['the Mac was renamed', running, site(HERE, { host: 'old.tail1234.ts.net' }), /as old\.tail1234\.ts\.net, a name/],
] as const)('not published, with the reason, where %s', async (_, status, serve, detail) => {
  expect(await seen({ status, serve })).toMatchObject({
    state: 'not-published',
    url: null,
    detail: expect.stringMatching(detail),
  });
});

test.each([
  ['Stopped', {}, 'tailscale up', 'Tailscale is switched off on the Mac.'],
  ['NeedsLogin', {}, 'tailscale login', 'The Mac is logged out of Tailscale.'],
  ['NeedsLogin', { Expired: true }, 'tailscale up --force-reauth', 'The Mac’s key has expired.'],
  [
    'NeedsMachineAuth',
    {},
    'tailscale status',
    'The Mac has to be approved, on the Machines page of the Tailscale admin console.',
  ],
  ['Starting', {}, 'tailscale status', 'Tailscale is starting on the Mac.'],
  ['InUseOtherUser', {}, 'tailscale status', 'Another user of the Mac uses Tailscale.'],
])(
  'what is served counts for nothing while tailscale is in state %s %o',
  async (BackendState, self, command, detail) => {
    const status = { ...running, BackendState, Self: { ...running.Self, ...self } };
    expect(await seen({ status, serve: site(HERE) })).toEqual({ state: 'no-tailscale', url: null, command, detail });
  },
);

test('a daemon that is not there and a CLI that is not there are told apart, for each system', async () => {
  const view = async (platform: NodeJS.Platform) => {
    const [tailscale, roots] = await Promise.all([tailscaleStatus(), tailscaleRoots()]);
    return serveView({ port: 3_000, roots, tailscale, platform });
  };
  await scriptedTailscale(failing(CLI_ERRORS.noDaemonMac));
  expect(await view('darwin')).toMatchObject({ state: 'no-tailscale', command: 'open -a Tailscale' });
  expect(await view('linux')).toMatchObject({ state: 'no-tailscale', command: 'sudo systemctl start tailscaled' });
  process.env['TAILSCALE_BIN'] = '/nowhere/tailscale';
  expect(await view('darwin')).toMatchObject({
    state: 'no-tailscale',
    detail: 'Tailscale is not installed on the Mac.',
    command: 'open https://tailscale.com/download',
  });
});

test.each(HOSTILE.filter(([name]) => name !== 'silence'))(
  'after %s it is unknown, not “not published”',
  async (_, lines) => {
    await scriptedTailscale(lines);
    const [tailscale, roots] = await Promise.all([tailscaleStatus(), tailscaleRoots()]);
    expect(serveView({ port: 3_000, roots, tailscale, platform: 'darwin' })).toMatchObject({
      state: 'unknown',
      command: PUBLISH,
      detail: expect.stringMatching(/\S/),
    });
  },
);
