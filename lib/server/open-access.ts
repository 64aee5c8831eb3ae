import { phonePath } from '#lib/host/tailscale-phone.ts';
import { tailscaleForwards } from '#lib/host/tailscale-serve.ts';
import { tailscaleWhois } from '#lib/host/tailscale-whois.ts';
import { systemClock } from '#lib/probe/clock.ts';
import type { DevicesDb } from '#lib/store/open-devices.ts';
import type { Config } from './config.ts';
import { createDevices, type Devices } from './devices.ts';
import { createLimits, type Limits } from './limits.ts';
import { type Callers, createCallers } from './owner.ts';
import { openPairing, type Pairing } from './pairing.ts';
import { createPhoneWays, type PhoneWays } from './phone-ways.ts';
import type { Tailnet } from './tailnet.ts';

/** Who asks, and what they may. */
export type Access = Callers & {
  /** Who is let in by the token; null where none is set. */
  readonly pairing: Pairing | null;
  readonly limits: Limits;
  /** Whose phone asks, and by which way. */
  readonly phoneWays: PhoneWays;
  readonly devicesSeen: Devices;
};

/** Reads who was let in before. `devices` stays the caller’s to close. */
export async function openAccess(
  { token, port }: Config,
  { devices, tailnet }: { readonly devices: DevicesDb; readonly tailnet: Tailnet },
): Promise<Access> {
  const { now, mono } = systemClock;
  const whois = tailscaleWhois;
  const pairing = token === undefined ? null : await openPairing({ db: devices, token, now });
  const phoneWays = createPhoneWays({ path: (address) => phonePath(address, { ping: false }), whois, mono });
  const passOf = pairing?.passOf ?? null;
  return {
    pairing,
    limits: createLimits(),
    phoneWays,
    devicesSeen: createDevices({ db: devices, way: phoneWays.ask, whois, pairing, now }),
    ...createCallers({ passOf, port, tailscale: tailnet.ask, forwards: tailscaleForwards, whois, mono }),
  };
}
