import { isElsewhere } from '#lib/domain/elsewhere.ts';
import type { FactName } from '#lib/domain/facts.ts';
import type { Tailscale } from '#lib/domain/host-facts.ts';
import type { ProbeResult } from '#lib/domain/probe.ts';
import { isTailnet } from '#lib/domain/tailnet.ts';
import { isLoopbackAddress } from './listening.ts';
import { type Reading, type Row, spokenBy } from './row.ts';
import type { Scene } from './scene.ts';

const SEEN = ['tailscale', 'name', 'tailnet'] as const satisfies readonly FactName[];
/** Tailscale's own sentences for having no connection. Source: network reference R13f. */
const CUT_OFF = /could not connect to any relay|unable to connect to the tailscale coordination|blocking tailscale/i;

type State = (tailscale: Tailscale, at: number) => boolean;

/** This machine is not in the tailnet, so the phone cannot come to it, whatever it can reach of itself. */
export const TAILNET_ROWS: readonly Row[] = [
  {
    id: 'R13a',
    cause: 'tailscale-not-running',
    observations: 'CLI: failed to connect to local Tailscale service; no 100.x address on this machine',
    needs: SEEN,
    most: 'high',
    reads: cutOff(({ state }) => state === 'not-running'),
  },
  {
    id: 'R13b',
    cause: 'tailscale-stopped',
    observations: 'BackendState Stopped (“Tailscale is stopped.”)',
    needs: SEEN,
    most: 'high',
    reads: cutOff(({ state }) => state === 'stopped'),
  },
  {
    id: 'R13d',
    cause: 'key-expired',
    observations: 'NeedsLogin with Self.KeyExpiry in the past, or Self.Expired',
    needs: SEEN,
    most: 'high',
    reads: cutOff(
      ({ state, isExpired, keyExpiresAt }, at) =>
        isExpired || (state === 'needs-login' && keyExpiresAt !== null && keyExpiresAt < at),
    ),
  },
  {
    id: 'R13c',
    cause: 'tailscale-logged-out',
    observations: 'NeedsLogin and no key expiry in the past (“Logged out.”), or in use by another user',
    needs: SEEN,
    most: 'high',
    reads: cutOff(({ state }) => state === 'needs-login' || state === 'used-by-another-user'),
  },
  {
    id: 'R13e',
    cause: 'needs-approval',
    observations: 'NeedsMachineAuth',
    needs: SEEN,
    most: 'high',
    reads: cutOff(({ state }) => state === 'needs-approval'),
  },
  {
    id: 'R13f',
    cause: 'tailscale-offline',
    observations: 'Starting or NoState, or Health names a connection that fails; the tailnet does not answer',
    needs: SEEN,
    most: 'medium',
    reads: (scene) =>
      failures(scene).length === 0
        ? null
        : cutOff(
            ({ state, isOnline, health }) =>
              state === 'starting' || isOnline === false || health.some((said) => CUT_OFF.test(said)),
          )(scene),
  },
];

/** Whether the phone comes through the tailnet: it cannot come through loopback, where the name has none. */
function isThroughTailnet(scene: Scene): boolean {
  const { asked, ownName, tailscale } = scene;
  const host = hostOf(scene);
  if (ownName === true || isTailnet(asked) || isTailnet(host) || host.endsWith('.ts.net')) return true;
  return isLoopbackAddress(host) || host === 'localhost' || host === tailscale?.value.dnsName;
}

const hostOf = ({ name }: Scene): string => new URL(name.target.url).hostname.replace(/^\[(.*)\]$/, '$1');

function cutOff(is: State): (scene: Scene) => Reading | null {
  return (scene) => {
    const { tailscale } = scene;
    if (tailscale === undefined || isAnothers(scene) || !isThroughTailnet(scene)) return null;
    return is(tailscale.value, tailscale.at) ? spokenBy('tailscale', ...failures(scene)) : null;
  };
}

/**
 * Of a server on another machine, this machine's Tailscale says nothing. Without a daemon it has no address in the tailnet and
 * knows no name of its own, so that one there is not its own says nothing either.
 */
function isAnothers(scene: Scene): boolean {
  const { here, asked, tailscale } = scene;
  if (!isElsewhere(scene)) return false;
  if (here === undefined) return ![undefined, '', hostOf(scene)].includes(tailscale?.value.dnsName);
  return !(tailscale?.value.state === 'not-running' && isTailnet(asked));
}

/** The probes that came to nobody, as they do where there is no tailnet. */
const failures = ({ name, tailnet }: Scene): readonly FactName[] =>
  spokenBy(isPathless(name) && 'name', isPathless(tailnet) && 'tailnet')?.by ?? [];

const isPathless = (probe: ProbeResult | undefined): boolean =>
  probe?.outcome === 'failed' && ['dns', 'tcp'].includes(probe.failedIn) && probe.reason !== 'refused';
