import { readFile } from 'node:fs/promises';
import { vi } from 'vitest';
import { tailscaleForwards } from '#lib/host/tailscale-serve.ts';
import { tailscaleWhois } from '#lib/host/tailscale-whois.ts';
import { createCallers, mayAct } from '#lib/server/owner.ts';
import { openPairing } from '#lib/server/pairing.ts';
import { createTailnet } from '#lib/server/tailnet.ts';
import { openDevices } from '#lib/store/open-devices.ts';
import { printing, scriptedTailscale } from './scripted-tailscale.ts';

export const OWNER = 'grant@example.com';
export const PHONE = '100.64.0.9';
export const HOST = 'macbook.tail1234.ts.net';
export const MAC = '100.64.0.7';
/** As it is printed without the peers: it does not say whose this machine is. */
export const STATUS = { BackendState: 'Running', TUN: true, TailscaleIPs: [MAC], Self: { UserID: 1 }, User: null };
export const whois = (login: string, also: object = {}) => ({
  Node: { Name: 'iphone.tail1234.ts.net.', ...also },
  UserProfile: { LoginName: login },
});

/** `owner`: what is said of this machine's own address; `whois`: of any other. */
export type World = {
  status?: string;
  serve?: string;
  owner?: string;
  whois?: string;
  token?: string | null;
  /** Where the CLI is looked for instead. */
  bin?: string;
};

/** A tailscale that answers as told, and a door before it. Tells how often it was asked for what. */
export async function door({ status = printing(STATUS), serve = printing('{}'), token = null, ...world }: World = {}) {
  const whose = world.whois ?? printing(whois(OWNER));
  const own = world.owner ?? printing(whois(OWNER));
  const answers = { 'status *': status, 'serve *': serve, [`whois --json ${MAC}`]: own, 'whois *': whose };
  const cases = Object.entries(answers).map(([asked, lines]) => `${asked.replaceAll(' ', '\\ ')})\n${lines}\n;;`);
  await scriptedTailscale(`echo "$*" >> "$0.asked"\ncase "$*" in\n${cases.join('\n')}\nesac`);
  if (world.bin !== undefined) vi.stubEnv('TAILSCALE_BIN', world.bin);
  const clock = { ms: 0 };
  const pairing =
    token === null ? null : await openPairing({ db: await openDevices(':memory:'), token, now: Date.now });
  const needs = {
    passOf: pairing?.passOf ?? null,
    port: 3_000,
    tailscale: createTailnet().ask,
    forwards: tailscaleForwards,
    whois: tailscaleWhois,
    mono: () => clock.ms,
  };
  const { callerOf, callerNow } = createCallers(needs);
  return {
    clock,
    pairing,
    callerOf: (headers: Record<string, string>) => callerOf(new Headers(headers)),
    callerNow: (headers: Record<string, string>) => callerNow(new Headers(headers)),
    asked: async () => (await readFile(`${process.env['TAILSCALE_BIN']}.asked`, 'utf8')).trim().split('\n').sort(),
  };
}

export const served = (also: Record<string, string> = {}) => ({
  host: HOST,
  'x-forwarded-for': PHONE,
  'x-forwarded-host': HOST,
  'x-forwarded-proto': 'https',
  'tailscale-user-login': OWNER,
  'tailscale-user-name': 'Grant',
  ...also,
});

export const sentence = async (world: World, headers: Record<string, string>, deed: 'start' | 'grade' = 'start') => {
  const leave = mayAct(await (await door(world)).callerOf(headers), deed);
  return leave.allowed ? 'may act' : leave.detail;
};
