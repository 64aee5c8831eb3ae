import type { Target } from '#lib/domain/probe.ts';
import { MINUTE, SECOND } from '#lib/domain/time.ts';
import { tailnetAddress } from '#lib/host/addresses.ts';
import { tailscaleStatus } from '#lib/host/tailscale.ts';
import type { Targets } from '#lib/monitor/effects.ts';
import { type Config, isLoopback } from './config.ts';

/** The review server's port where its URL does not say one of its own (a `tailscale serve` name on 443 leads to it). */
const USUAL_PORT = 8_000;
/** How long the tailnet's word about this machine is believed; and how long that there is no Tailscale here. */
const FRESH_MS = 30 * SECOND;
const ABSENT_MS = 5 * MINUTE;

type Tailnet = { readonly name: string | null; readonly address: string | null };

/**
 * Where to probe: the name that the phone uses (REVIEW_SERVER_URL, else this machine's MagicDNS name, else loopback), and
 * the same server by this machine's other addresses.
 */
export function createTargets(config: Config): {
  readonly get: () => Promise<Targets>;
  readonly tailnetName: () => string | null;
} {
  let tailnet: Tailnet = { name: null, address: null };
  let freshUntil = 0;
  const refresh = async (): Promise<void> => {
    const status = await tailscaleStatus();
    const name = 'told' in status ? status.told.dnsName : '';
    tailnet = { name: name === '' ? tailnet.name : name, address: tailnetAddress() ?? null };
    // A daemon that is not up yet may be in a moment; a program that is not installed seldom is.
    const absent = 'why' in status && status.why === 'not-installed';
    freshUntil = performance.now() + (absent ? ABSENT_MS : FRESH_MS);
  };
  let refreshing: Promise<void> | null = null;
  return {
    get: async () => {
      if (performance.now() >= freshUntil && refreshing === null) {
        refreshing = refresh().finally(() => {
          refreshing = null;
        });
      }
      // Only the first round waits for the tailnet's word; later ones use the last until the next is there.
      if (freshUntil === 0) await refreshing;
      return targetsFor(config, tailnet);
    },
    tailnetName: () => tailnet.name,
  };
}

/** Pure but for the list of this machine's addresses. */
export function targetsFor(config: Config, tailnet: Tailnet): Targets {
  const base = config.reviewServerUrl ?? new URL(`http://${tailnet.name ?? '127.0.0.1'}:${USUAL_PORT}`);
  const host = base.hostname.replace(/^\[(.*)\]$/, '$1');
  const name: Target = { kind: 'name', url: healthOf(base) };
  const plain = base.protocol === 'http:';
  const port = plain ? Number(base.port || 80) : USUAL_PORT;
  const ownName = tailnet.name !== null && host === tailnet.name;
  return {
    name,
    sides: sidesFor({ port, tailnet: plain ? tailnet.address : null, host }),
    ownName,
    around: {
      port,
      host,
      ...(config.serviceLabel === undefined ? {} : { serviceLabel: config.serviceLabel }),
      ...(config.startCommand === undefined ? {} : { startCommand: config.startCommand }),
    },
  };
}

/** This machine's own addresses, but for the one the name already is. */
function sidesFor({ port, tailnet, host }: { port: number; tailnet: string | null; host: string }): readonly Target[] {
  const side = (kind: 'loopback' | 'tailnet', address: string): Target => ({
    kind,
    url: `http://${address.includes(':') ? `[${address}]` : address}:${port}/health`,
    address,
  });
  return [
    ...(isLoopback(host) ? [] : [side('loopback', '127.0.0.1')]),
    ...(tailnet === null || tailnet === host ? [] : [side('tailnet', tailnet)]),
  ];
}

const healthOf = (base: URL): string => new URL(`${base.pathname.replace(/\/+$/, '')}/health`, base).href;
