import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { createOwnLogin, type OwnNode } from '#lib/host/tailscale-login.ts';
import { failing, printing, scriptedTailscale } from '#tests/support/scripted-tailscale.ts';

const OWNER = 'grant@example.com';
const WHOIS = { Node: { Name: 'macbook.tail1234.ts.net.' }, UserProfile: { LoginName: OWNER } };
const OWN: OwnNode = { address: '100.64.0.7', userId: '9007199254740993', isTagged: false, isRunning: true };
const DAY_MS = 86_400_000;

/** A tailscale that is asked whose this machine is; tells what it was asked. */
async function following(whois = printing(WHOIS)) {
  await scriptedTailscale(`echo "$*" >> "$0.asked"\n${whois}`);
  const clock = { ms: 0 };
  const ownLogin = createOwnLogin(() => clock.ms);
  return {
    clock,
    login: (also: Partial<OwnNode> = {}) => ownLogin({ ...OWN, ...also }),
    asked: async () => (await readFile(`${process.env['TAILSCALE_BIN']}.asked`, 'utf8')).trim().split('\n'),
  };
}

test('is asked for once, also by several at a time, and stays known while tailscale is off', async () => {
  const { clock, login, asked } = await following();
  expect(await Promise.all([login(), login()])).toEqual([OWNER, OWNER]);
  clock.ms = DAY_MS;
  expect(await login()).toBe(OWNER);
  expect(await login({ isRunning: false })).toBe(OWNER);
  expect(await asked()).toEqual(['whois --json 100.64.0.7']);
});

test('is asked for anew when the address or the user is another', async () => {
  const { login, asked } = await following();
  await login();
  await login({ address: '100.64.0.8' });
  await login({ address: '100.64.0.8', userId: '9007199254740992' });
  expect(await asked()).toEqual(['whois --json 100.64.0.7', 'whois --json 100.64.0.8', 'whois --json 100.64.0.8']);
});

test('is nobody’s for a tagged node, whatever it was before', async () => {
  const { login, asked } = await following();
  expect(await login()).toBe(OWNER);
  expect(await login({ isTagged: true })).toBeNull();
  expect(await asked()).toHaveLength(1);
});

test('is not asked for before there is an address and a daemon to ask', async () => {
  const { login, asked } = await following();
  expect(await login({ address: null })).toBeNull();
  expect(await login({ isRunning: false })).toBeNull();
  await expect(asked()).rejects.toThrow('ENOENT');
});

test.each([
  ['says that it is tagged', { ...WHOIS, Node: { Tags: ['tag:server'] } }],
  ['knows no login', { ...WHOIS, UserProfile: { LoginName: '' } }],
])('is nobody’s when whois %s, which is an answer too', async (_, whois) => {
  const { clock, login, asked } = await following(printing(whois));
  expect(await login()).toBeNull();
  clock.ms = DAY_MS;
  expect(await login()).toBeNull();
  expect(await asked()).toHaveLength(1);
});

test('that was not told is asked for again after a minute, not at every look', async () => {
  const { clock, login, asked } = await following(failing('no match for IP:port'));
  for (const ms of [0, 30_000, 59_000, 61_000]) {
    clock.ms = ms;
    expect(await login()).toBeNull();
  }
  expect(await asked()).toHaveLength(2);
});
