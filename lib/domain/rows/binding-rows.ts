import type { FactName } from '#lib/domain/facts.ts';
import type { Tailscale } from '#lib/domain/host-facts.ts';
import type { ProbeResult } from '#lib/domain/probe.ts';
import { isIPv4Only, isIPv6, isLoopbackOnly, mayBeIPv6Only } from './listening.ts';
import { type Reading, type Row, spokenBy } from './row.ts';
import { answers, asksServer, failsAs, isForwardedToLoopback, isListening, type Scene } from './scene.ts';

const SEEN = ['listeners', 'name', 'loopback', 'tailnet'] as const satisfies readonly FactName[];

/** Something listens on the port, and not where the phone asks. */
export const BINDING_ROWS: readonly Row[] = [
  {
    id: 'R05a',
    cause: 'healthy',
    observations: 'As R05, but serve maps the port to it, or TUN:false (userspace mode dials loopback): not a fault',
    needs: [...SEEN, 'forwards', 'tailscale'],
    most: 'high',
    standIn: 'loopback',
    reads: (scene) => {
      const { name, loopback, tailnet, tailscale } = scene;
      if (!answers(loopback) || answers(tailnet) || !isMine(scene)) return null;
      const isMapped = isForwardedToLoopback(scene) && failsAs(name, 'refused');
      const isDialled = isUserspace(tailscale?.value) && isPathless(name);
      return isMapped || isDialled ? spokenBy(isMapped && 'forwards', isDialled && 'tailscale', 'loopback') : null;
    },
  },
  {
    id: 'R05',
    cause: 'loopback-only',
    observations:
      'Listener on 127.0.0.1 or ::1 only; loopback ok, tailnet refused; no tailscale serve mapping; TUN:true',
    needs: SEEN,
    most: 'high',
    reads: loopbackOnly,
  },
  {
    id: 'R06',
    cause: 'ipv4-only',
    observations: 'Listener IPv4 only; the name has only an IPv6 address, which refuses; IPv4 ok',
    needs: SEEN,
    most: 'high',
    reads: (scene) => {
      if (!isRefused(scene) || scene.asked === undefined || !isIPv6(scene.asked)) return null;
      const byTable = scene.onPort?.some((socket) => isIPv4Only(socket)) === true;
      const byTailnet = answers(scene.tailnet) && !isIPv6(scene.tailnet?.address ?? scene.asked);
      return byTable || byTailnet ? spokenBy(byTable && 'listeners', byTailnet && 'tailnet', 'name') : null;
    },
  },
  {
    id: 'R06a',
    cause: 'ipv6-only',
    observations: 'Listener [::] without IPv4 only; IPv4 refused, 127.0.0.1 too (typical after --host ::)',
    needs: SEEN,
    most: 'high',
    reads: (scene) => {
      const { asked, onPort, loopback } = scene;
      if (!isRefused(scene) || asked === undefined || isIPv6(asked)) return null;
      if (onPort?.some(mayBeIPv6Only) !== true || answers(loopback)) return null;
      return spokenBy('listeners', 'name', failsAs(loopback, 'refused') && 'loopback');
    },
  },
  {
    id: 'L2',
    cause: 'bound-elsewhere',
    observations: 'Listens only on addresses that are neither loopback nor the one asked, which refuses',
    needs: SEEN,
    most: 'high',
    reads: (scene) => {
      const { onPort } = scene;
      if (!isRefused(scene) || onPort === undefined || onPort.length === 0) return null;
      return onPort.every(isLoopbackOnly) || onPort.some(mayBeIPv6Only)
        ? null
        : spokenBy('listeners', 'name', alsoRefused(scene));
    },
  },
];

/** The table and the refusal contradict each other, and no firewall explains it. */
export const CONTRADICTION_ROWS: readonly Row[] = [
  {
    id: 'L1',
    cause: 'inconsistent',
    observations:
      'The table shows a listener at the address asked, or another probe of the same port answers, and it refuses',
    needs: SEEN,
    most: 'low',
    reads: (scene) => {
      if (scene.here === false || !asksServer(scene) || !failsAs(scene.name, 'refused')) return null;
      const against = spokenBy(
        isListening(scene) && 'listeners',
        answers(scene.loopback) && 'loopback',
        answers(scene.tailnet) && 'tailnet',
      );
      return against === null ? null : { by: ['name'], against: against.by };
    },
  },
];

/** tailscaled itself takes the phone's connections and dials loopback for them, while it is in the tailnet. */
const isUserspace = (tailscale: Tailscale | undefined): boolean =>
  tailscale?.hasTun === false && tailscale.state === 'running' && !tailscale.isExpired;

const isMine = ({ here, ownName }: Scene): boolean => here !== false || ownName === true;

/** It came to nobody: no address, or no connection at the one it was given. */
const isPathless = (probe: ProbeResult): boolean =>
  probe.outcome === 'failed' && (probe.failedIn === 'dns' || probe.failedIn === 'tcp');

/** The name leads here and its port is refused, or that behind its proxy, where the table does not show a listener. */
const isRefused = (scene: Scene): boolean =>
  scene.here !== false &&
  failsAs(scene.name, 'refused') &&
  (asksServer(scene) ? !isListening(scene) : failsAs(scene.loopback, 'refused'));

const alsoRefused = ({ tailnet }: Scene): FactName | false => failsAs(tailnet, 'refused') && 'tailnet';

function loopbackOnly(scene: Scene): Reading | null {
  const { onPort, loopback, tailnet } = scene;
  if (!isRefused(scene)) return null;
  const byTable = onPort !== undefined && onPort.length > 0 && onPort.every(isLoopbackOnly);
  const byAnswer = onPort === undefined && answers(loopback);
  if (!(byTable || byAnswer)) return null;
  const reading = spokenBy(byTable && 'listeners', answers(loopback) && 'loopback', 'name', alsoRefused(scene));
  return reading !== null && answers(tailnet) ? { ...reading, against: ['tailnet'] } : reading;
}
