import { readFile, writeFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { phonePath } from '#lib/host/tailscale-phone.ts';
import { tailscaleForwards } from '#lib/host/tailscale-serve.ts';
import { tailscaleWhois } from '#lib/host/tailscale-whois.ts';
import { readConfig } from '#lib/server/config.ts';
import { callerView, createDevices, pairingLink } from '#lib/server/devices.ts';
import { createCallers } from '#lib/server/owner.ts';
import { openPairing } from '#lib/server/pairing.ts';
import { createPhoneWays } from '#lib/server/phone-ways.ts';
import { createTailnet } from '#lib/server/tailnet.ts';
import { openDevices } from '#lib/store/open-devices.ts';
import { HOST, MAC, OWNER, PHONE, STATUS, served, whois } from '#tests/support/owner-door.ts';
import { failing, printing, scriptedTailscale } from '#tests/support/scripted-tailscale.ts';

const DAY = 86_400_000;
const OTHERS_PHONE = '100.64.0.10';
const TAGGED = '100.64.0.11';
const PEERS = {
  ...STATUS,
  Self: { UserID: 1, DNSName: `${HOST}.` },
  Peer: {
    a: { DNSName: 'iphone.tail1234.ts.net.', TailscaleIPs: [PHONE], CurAddr: '192.168.1.9:41641', Active: true },
    b: { DNSName: 'pixel.tail1234.ts.net.', TailscaleIPs: [OTHERS_PHONE], Relay: 'fra', CurAddr: '', Active: true },
  },
};
const named = (node: string, login: string, also: object = {}) => ({
  ...whois(login),
  Node: { Name: `${node}.tail1234.ts.net.`, ...also },
});

/** A tailnet with three devices that may ask, and whoever keeps them. */
async function tailnet(token: string | null = null) {
  const answers = {
    'status *': printing(PEERS),
    'serve *': printing({}),
    [`whois --json ${MAC}`]: printing(whois(OWNER)),
    [`whois --json ${PHONE}`]: printing(named('iphone', OWNER)),
    [`whois --json ${OTHERS_PHONE}`]: printing(named('pixel', 'ann@example.com')),
    [`whois --json ${TAGGED}`]: printing(named('tv', OWNER, { Tags: ['tag:tv'] })),
    'whois *': failing('no match for IP:port'),
  };
  const cases = Object.entries(answers).map(([asked, lines]) => `${asked.replaceAll(' ', '\\ ')})\n${lines}\n;;`);
  await scriptedTailscale(`echo "$*" >> "$0.asked"\ncase "$*" in\n${cases.join('\n')}\nesac`);
  const db = await openDevices(':memory:');
  const clock = { ms: 1_000_000_000_000 };
  const now = () => clock.ms;
  const pairing = token === null ? null : await openPairing({ db, token, now });
  const phoneWays = createPhoneWays({
    path: (address) => phonePath(address, { ping: false }),
    whois: tailscaleWhois,
    mono: now,
  });
  const callers = createCallers({
    passOf: pairing?.passOf ?? null,
    port: 3_000,
    tailscale: createTailnet().ask,
    forwards: tailscaleForwards,
    whois: tailscaleWhois,
    mono: now,
  });
  const config = readConfig(token === null ? {} : { LIFELINE_TOKEN: token });
  const devices = createDevices({ db, way: phoneWays.ask, whois: tailscaleWhois, pairing, now });
  return { db, clock, devices, services: { ...callers, pairing, phoneWays, config } };
}

const from = (address: string, also: Record<string, string> = {}) =>
  new Headers(served({ 'x-forwarded-for': address, ...also }));
const HERE = new Headers({ host: 'localhost:3000', 'x-forwarded-for': '127.0.0.1' });

test('the nodes that asked are listed with whose they are and their way, who asks now first', async () => {
  const { clock, devices } = await tailnet();
  devices.note(from(PHONE));
  await expect.poll(() => devices.list(HERE)).toHaveLength(1);
  clock.ms += 120_000;
  devices.note(from(OTHERS_PHONE));
  devices.note(from(TAGGED));
  await expect.poll(() => devices.list(HERE)).toHaveLength(3);
  devices.note(HERE);
  const phone = {
    id: 'node:iphone',
    name: 'iphone',
    kind: 'tailnet',
    login: OWNER,
    address: PHONE,
    path: 'direct',
    lastSeenAt: clock.ms - 120_000,
    isRevocable: false,
  };
  const listed = await devices.list(from(PHONE));
  expect(listed[0]).toEqual({ ...phone, isThis: true });
  expect(listed).toHaveLength(3);
  expect(listed).toContainEqual(
    expect.objectContaining({ name: 'pixel', login: 'ann@example.com', path: 'relay', isThis: false }),
  );
  expect(listed).toContainEqual(expect.objectContaining({ name: 'tv', login: null, path: null }));
  expect((await devices.list(HERE)).at(-1)).toEqual({ ...phone, isThis: false });
});

test('who asks for the list for the first time is in it', async () => {
  const { devices } = await tailnet();
  devices.note(from(PHONE));
  expect(await devices.list(from(PHONE))).toMatchObject([{ name: 'iphone', isThis: true }]);
});

test('nobody is listed whom the tailnet does not know, and nobody from elsewhere', async () => {
  const { devices } = await tailnet();
  for (const address of ['100.64.0.99', '192.168.1.20', '203.0.113.9', `${PHONE}, ${PHONE}`, ''])
    devices.note(from(address));
  expect(await devices.list(from('100.64.0.99'))).toEqual([]);
});

test('a node is asked about once a minute, and of made-up addresses thirty', async () => {
  const { clock, devices } = await tailnet();
  const asked = async () =>
    (await readFile(`${process.env['TAILSCALE_BIN']}.asked`, 'utf8'))
      .split('\n')
      .filter((line) => line.startsWith('whois'));
  for (let times = 0; times < 50; times += 1) devices.note(from(PHONE));
  await devices.list(from(PHONE));
  // Once to know its way, once to know whose it is.
  expect(await asked()).toHaveLength(2);
  await writeFile(`${process.env['TAILSCALE_BIN']}.asked`, '');
  clock.ms += 61_000;
  for (let nth = 0; nth < 200; nth += 1) devices.note(from(`100.65.0.${nth}`));
  await expect.poll(async () => (await asked()).length, { timeout: 10_000 }).toBe(60);
});

test('who was not seen for 90 days is forgotten, and of many the hundred that were seen last are kept', async () => {
  const { clock, db, devices } = await tailnet();
  const row = { login: OWNER, address: '100.64.3.1', path: null };
  const rows = Array.from({ length: 150 }, (_, nth) => ({
    ...row,
    node: `old-${nth}`,
    seen_at: clock.ms - nth * 1_000,
  }));
  await db
    .insertInto('seen')
    .values([...rows, { ...row, node: 'older', seen_at: clock.ms - 91 * DAY }])
    .execute();
  expect(await devices.list(HERE)).toHaveLength(150);
  devices.note(from(PHONE));
  await expect.poll(async () => (await devices.list(from(PHONE)))[0]?.name).toBe('iphone');
  const kept = await db.selectFrom('seen').select('node').orderBy('seen_at', 'desc').execute();
  expect(kept).toHaveLength(100);
  expect(kept.at(-1)).toEqual({ node: 'old-98' });
});

test('the caller is told who they are, by which way they come and what they may', async () => {
  const { services } = await tailnet();
  const view = async (headers: Headers) => callerView(services, headers);
  await view(from(PHONE));
  await expect
    .poll(() => view(from(PHONE)))
    .toEqual({ who: 'owner', login: OWNER, device: 'iphone', path: 'direct', refusal: null });
  expect(await view(HERE)).toEqual({ who: 'local', login: null, device: null, path: null, refusal: null });
  const other = { 'tailscale-user-login': 'ann@example.com' };
  await expect
    .poll(() => view(from(OTHERS_PHONE, other)))
    .toMatchObject({
      who: 'stranger',
      device: 'pixel',
      path: 'relay',
      refusal: 'Only grant@example.com may change things; you are ann@example.com.',
    });
});

test('the link leads to the published address, and holds the token for who may let devices in only', async () => {
  const url = `https://${HOST}`;
  const { services } = await tailnet();
  expect(await pairingLink(services, HERE, url)).toBe(url);
  expect(await pairingLink(services, HERE, null)).toBeNull();
  const token = 'a-secret of some length&more';
  const guarded = (await tailnet(token)).services;
  const paired = (host: string) => new Headers({ host, authorization: `Bearer ${token}` });
  const query = '?token=a-secret%20of%20some%20length%26more';
  expect(await pairingLink(guarded, paired('localhost:3000'), url)).toBe(`${url}/${query}`);
  expect(await pairingLink(guarded, paired('192.168.1.20:3000'), null)).toBe(`http://192.168.1.20:3000/${query}`);
  expect(await pairingLink(guarded, paired('[::1]:3000'), null)).toBeNull();
  expect(await pairingLink(guarded, HERE, url)).toBe(url);
});

test('a paired browser is listed with what it calls itself, and can be turned out', async () => {
  const { devices, services } = await tailnet('a-secret-of-some-length');
  const secret = await services.pairing?.admit('iPhone · Safari');
  const headers = new Headers({ host: '192.168.1.20:3000', cookie: `lifeline_paired=${secret}` });
  expect(await devices.list(headers)).toEqual([
    {
      id: expect.any(String),
      name: 'iPhone · Safari',
      kind: 'paired',
      login: null,
      address: null,
      path: null,
      isThis: true,
      lastSeenAt: expect.any(Number),
      isRevocable: true,
    },
  ]);
  expect(await callerView(services, headers)).toMatchObject({ who: 'token', device: 'iPhone · Safari', refusal: null });
});
