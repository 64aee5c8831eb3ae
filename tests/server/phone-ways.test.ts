import { expect, test } from 'vitest';
import { phonePath } from '#lib/host/tailscale-phone.ts';
import { tailscaleWhois } from '#lib/host/tailscale-whois.ts';
import { createPhoneWays } from '#lib/server/phone-ways.ts';
import { failing, printing, scriptedTailscale } from '#tests/support/scripted-tailscale.ts';

const PHONE = '100.64.0.9';
const peers = { Peer: { 'nodekey:1': { TailscaleIPs: [PHONE], CurAddr: '192.168.0.19:41641', Active: true } } };
const whois = { Node: { Name: 'iphone.tail1234.ts.net.' } };

async function ways(status: string, who: string) {
  await scriptedTailscale(`case "$1" in\nstatus) ${status}\n;;\nwhois) ${who}\n;;\nesac`);
  return createPhoneWays({
    path: (address) => phonePath(address, { ping: false }),
    whois: tailscaleWhois,
    mono: () => performance.now(),
  });
}

test('has the phone’s name from whois and its way from the status', async () => {
  const { ask } = await ways(printing(peers), printing(whois));
  expect(await ask(PHONE)).toEqual({ told: { address: PHONE, node: 'iphone', via: 'direct' } });
});

test('tells what one of the two told', async () => {
  const named = await ways(failing('no'), printing(whois));
  expect(await named.ask(PHONE)).toEqual({ told: { address: PHONE, node: 'iphone' } });
  const met = await ways(printing(peers), failing('no'));
  expect(await met.ask(PHONE)).toEqual({ told: { address: PHONE, via: 'direct' } });
  const silent = await ways(failing('no'), failing('no'));
  expect(await silent.ask(PHONE)).toMatchObject({ why: 'unreadable' });
});

test('keeps no screen waiting for a tailscale that hangs', async () => {
  const { glance } = await ways(`sleep 0.6; ${printing(peers)}`, printing(whois));
  expect(await glance(PHONE)).toMatchObject({ why: 'silent' });
  await expect.poll(() => glance(PHONE), { timeout: 20_000 }).toMatchObject({ told: { via: 'direct' } });
});
