import { setTimeout as pause } from 'node:timers/promises';
import type { DeviceView, PATHS, Setup } from '#lib/contract/setup.ts';
import type { PhonePath } from '#lib/domain/host-facts.ts';
import { type EpochMs, MINUTE } from '#lib/domain/time.ts';
import type { Told } from '#lib/domain/told.ts';
import type { Whois } from '#lib/host/tailscale-whois.ts';
import { keepSeen, readSeen, type SeenRow } from '#lib/store/devices.ts';
import type { DevicesDb } from '#lib/store/open-devices.ts';
import { log } from './log.ts';
import { originOf } from './origin.ts';
import { mayAct } from './owner.ts';
import type { Pairing } from './pairing.ts';
import { tailnetSender } from './sender.ts';
import type { Services } from './services.ts';

/** The devices that ask: nodes of the tailnet, and browsers that were paired. */
export type Devices = {
  /** Notes who sent a request, at most once a minute, without waiting for it. */
  readonly note: (headers: Headers) => void;
  /** Those of the last 90 days, the one that asks first, then the newest. */
  readonly list: (headers: Headers) => Promise<readonly DeviceView[]>;
};

type Needs = {
  readonly db: DevicesDb;
  readonly way: (address: string) => Promise<Told<PhonePath>>;
  readonly whois: (address: string) => Promise<Told<Whois>>;
  /** Null where no token is set. */
  readonly pairing: Pairing | null;
  readonly now: () => EpochMs;
};

const NOTED_EVERY_MS = MINUTE;
/** Anybody can make up addresses, and for each of them two tools are run. */
const MOST_NOTED = 30;
/** Who asks for the list for the first time is in it, unless tailscale takes longer. */
const LIST_WAITS_MS = 300;

export function createDevices({ db, way, whois, pairing, now }: Needs): Devices {
  const noting = new Map<string, { readonly at: EpochMs; readonly done: Promise<void> }>();

  const keep = async (address: string): Promise<void> => {
    const [told, device] = await Promise.all([way(address), whois(address)]);
    const node = 'told' in device ? device.told.node : null;
    if (!('told' in device) || node === null) return;
    const path = 'told' in told ? (told.told.via ?? null) : null;
    await keepSeen(db, { node, login: device.told.login, address, path, seen_at: now() });
  };
  const note = (headers: Headers): void => {
    const address = tailnetSender(headers);
    const at = now();
    for (const [noted, { at: then }] of noting) if (Math.abs(at - then) >= NOTED_EVERY_MS) noting.delete(noted);
    if (address === null || noting.has(address) || noting.size >= MOST_NOTED) return;
    const done = keep(address).catch((error: unknown) => log.warn({ err: error }, 'a device was not noted'));
    noting.set(address, { at, done });
  };
  return {
    note,
    list: async (headers) => {
      const address = tailnetSender(headers);
      await Promise.race([noting.get(address ?? '')?.done, pause(LIST_WAITS_MS, undefined, { ref: false })]);
      const rows = await readSeen(db, now());
      const views = [...pairedViews(pairing, headers), ...rows.map((row) => seenView(row, address))];
      return views.toSorted((one, other) => rank(other) - rank(one));
    },
  };
}

/** The one that asks first, then who was seen last. */
const rank = ({ isThis, lastSeenAt }: DeviceView): number => (isThis ? Number.POSITIVE_INFINITY : lastSeenAt);

function pairedViews(pairing: Pairing | null, headers: Headers): readonly DeviceView[] {
  const asks = pairing?.passOf(headers)?.device ?? null;
  return (pairing?.list() ?? []).map(({ id, label, seenAt }) => ({
    id,
    name: label,
    kind: 'paired',
    login: null,
    address: null,
    path: null,
    isThis: id === asks,
    lastSeenAt: seenAt,
    isRevocable: true,
  }));
}

const seenView = ({ node, login, address, path, seen_at }: SeenRow, asks: string | null): DeviceView => ({
  id: `node:${node}`,
  name: node,
  kind: 'tailnet',
  login,
  address,
  path: pathOf(path),
  isThis: address === asks,
  lastSeenAt: seen_at,
  isRevocable: false,
});

const pathOf = (path: string | null | undefined): (typeof PATHS)[number] | null =>
  path === 'direct' || path === 'relay' ? path : null;

type Asking = Pick<Services, 'callerNow' | 'pairing' | 'phoneWays'>;

/** Who asks, and what they may do, within half a second: by what tailscale told last. */
export async function callerView(services: Asking, headers: Headers): Promise<Setup['caller']> {
  const { callerNow, pairing, phoneWays } = services;
  const address = tailnetSender(headers);
  const [caller, told] = await Promise.all([callerNow(headers), address === null ? null : phoneWays.glance(address)]);
  const leave = mayAct(caller, 'change');
  const way = told !== null && 'told' in told ? told.told : null;
  const paired = pairing?.list().find(({ id }) => id === pairing.passOf(headers)?.device);
  return {
    who: caller.who,
    login: 'login' in caller ? caller.login : null,
    device: paired?.label ?? way?.node ?? null,
    path: pathOf(way?.via),
    refusal: leave.allowed ? null : leave.detail,
  };
}

/**
 * The address for a QR code: the published one, or that by which the caller asks where that leads here from elsewhere; with the
 * token where one is needed, for a caller who may let devices in. Null where nobody else could open it.
 */
export async function pairingLink(
  { callerNow, config }: Pick<Services, 'callerNow' | 'config'>,
  headers: Headers,
  published: string | null,
): Promise<string | null> {
  const address = published ?? (config.token === undefined ? null : reachable(originOf(headers)));
  if (address === null || config.token === undefined) return address;
  if (!mayAct(await callerNow(headers), 'admit').allowed) return address;
  return `${address}/?token=${encodeURIComponent(config.token)}`;
}

const reachable = (origin: string | null): string | null =>
  origin === null || /^https?:\/\/(localhost|127\.0\.0\.1|\[::1\])(:|$)/.test(origin) ? null : origin;
