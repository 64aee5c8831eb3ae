import { clockBy } from '#lib/domain/clock.ts';
import type { Target } from '#lib/domain/probe.ts';
import type { Targets } from '#lib/monitor/effects.ts';
import { type Config, isLoopback } from './config.ts';
import type { Tailnet } from './tailnet.ts';

/** The review server's port where its URL does not say one of its own (a `tailscale serve` name on 443 leads to it). */
const USUAL_PORT = 8_000;
type Place = { readonly name: string | null; readonly address: string | null };

/**
 * Where to probe: the name that the phone uses (REVIEW_SERVER_URL, else this machine's MagicDNS name, else loopback), and
 * the same server by this machine's other addresses.
 */
export function createTargets(config: Config, tailnet: Tailnet): () => Promise<Targets> {
  return async () => {
    // Only the first round waits for the tailnet's word; later ones use the last until the next is there.
    await tailnet.asked();
    return targetsFor(config, { name: tailnet.name(), address: tailnet.address() });
  };
}

/** Pure: `tailnet` is this machine's place in it. */
export function targetsFor(config: Config, tailnet: Place): Targets {
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
      intervalMs: config.probeIntervalMs,
      os: process.platform === 'darwin' ? 'macos' : 'linux',
      clock,
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

/** By this machine's wall clock and calendar. */
const clock = clockBy((at) => {
  const moment = new Date(at);
  // `Fri Nov 20 2026`, as ECMA-262 has it.
  const [weekday, month, day, year] = moment.toDateString().split(' ');
  return { day: `${weekday} ${Number(day)} ${month} ${year}`, time: moment.toLocaleTimeString('en-GB') };
});
