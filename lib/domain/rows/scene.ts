import { isElsewhere } from '#lib/domain/elsewhere.ts';
import type { Facts } from '#lib/domain/facts.ts';
import type { Forward, Listener, Process } from '#lib/domain/host-facts.ts';
import type { Failed, ProbeResult } from '#lib/domain/probe.ts';
import type { Surroundings } from '#lib/domain/remedies.ts';
import { isTailnet } from '#lib/domain/tailnet.ts';
import { isLoopbackAddress, isOpenTo } from './listening.ts';
import { isKnownServer, isServer } from './server-process.ts';

/** The facts, and what of them is about the port that the phone asks. */
export type Scene = Facts & {
  readonly around: Surroundings;
  /** Where the review server has to listen on this machine. */
  readonly port: number;
  /** The address that the name led to. */
  readonly asked?: string;
  /** What listens on the port, without Tailscale's own forwarder; absent where the table is unknown. */
  readonly onPort?: readonly Listener[];
  /** Which of the known processes are the review server's, or look like it. */
  readonly servers: readonly Process[];
  /** Those of them that are it for certain: its service's, or started by its owner's command. */
  readonly knownServers: readonly Process[];
  /** What `tailscale serve` does with the port that the phone asks. */
  readonly forward?: Forward;
};

/** Looks at the facts from the port that the phone asks. Those of this machine are left out when the server is on another. */
export function see(all: Facts, around: Surroundings): Scene {
  const facts = isElsewhere(all) ? withoutHost(all) : all;
  const forward = facts.forwards?.value.find(({ port }) => port === portOf(facts.name));
  const port = portBehind(facts, forward) ?? around.port;
  const asked = facts.name.address ?? facts.name.target.address;
  const onPort = facts.listeners?.value.filter((socket) => socket.port === port && !isForwarder(socket, forward));
  const known = facts.processes?.value ?? [];
  const about = { known, service: facts.service?.value, around };
  return {
    ...facts,
    around,
    port,
    servers: known.filter((process) => isServer(process, about)),
    knownServers: known.filter((process) => isKnownServer(process, about)),
    ...(forward === undefined ? {} : { forward }),
    ...(asked === undefined ? {} : { asked }),
    ...(onPort === undefined ? {} : { onPort }),
  };
}

/** The server's port on this machine as far as the probes and `tailscale serve` tell; undefined behind an unknown https. */
function portBehind({ name, loopback, tailnet }: Facts, forward?: Forward): number | undefined {
  // Where it answers, it is, wherever `tailscale serve` leads.
  if (loopback?.outcome === 'answered') return portOf(loopback);
  const to = Number(forward === undefined ? '' : backendOf(forward)?.port);
  if (to > 0) return to;
  const plain = [name, loopback, tailnet].find((probe) => probe?.target.url.startsWith('http:'));
  return plain === undefined ? undefined : portOf(plain);
}

/** `tcp` is only said so that a bare `127.0.0.1:8000` is a URL too. */
const backendOf = ({ to }: Forward): URL | null => URL.parse(to.includes('://') ? to : `tcp://${to}`);

/** Whether `tailscale serve` brings what comes for the name, in the way it is asked, to the port where loopback was probed. */
export function isForwardedToLoopback({ name, loopback, forward }: Scene): boolean {
  const backend = forward === undefined ? null : backendOf(forward);
  if (forward === undefined || backend === null || loopback === undefined) return false;
  const host = backend.hostname.replace(/^\[(.*)\]$/, '$1');
  const isFit = forward.speaks === 'tcp' || name.target.url.startsWith(`${forward.speaks}:`);
  return isFit && (host === 'localhost' || isLoopbackAddress(host)) && backend.port === String(portOf(loopback));
}

/** Its own probes and what its tools told: of the server's machine only the name and the phone speak. */
function withoutHost(facts: Facts): Facts {
  const { loopback, tailnet, ...distant } = facts;
  const {
    listeners,
    processes,
    service,
    restarts,
    log,
    boot,
    load,
    forwards,
    firewall,
    anki,
    bridge,
    phoneView,
    ...told
  } = distant;
  return told;
}

/** tailscaled opens the forwarded port itself, for this machine's own connections; another user's program has no name. */
const isForwarder = ({ program, port, address }: Listener, forward: Forward | undefined): boolean =>
  forward?.port === port &&
  (program === undefined ? isTailnet(address) : /tailscale|IPNExtension|network-extension/i.test(program));

/** The port that a probe asked. */
function portOf({ target }: ProbeResult): number {
  const { port, protocol } = new URL(target.url);
  return Number(port || (protocol === 'https:' ? 443 : 80));
}

export const answers = (probe: ProbeResult | undefined): boolean => probe?.outcome === 'answered';

export const failsAs = (probe: ProbeResult | undefined, ...reasons: readonly Failed['reason'][]): boolean =>
  probe?.outcome === 'failed' && reasons.includes(probe.reason);

/** Whether the name asks the server's own port in the plain way its sides do, so that their answers can be compared. */
export const asksServer = ({ name, port, forward }: Scene): boolean =>
  forward === undefined && name.target.url.startsWith('http:') && portOf(name) === port;

/** Whether the table shows that something listens at the address that the phone asks. */
export const isListening = ({ onPort, asked }: Scene): boolean =>
  asked !== undefined && onPort?.some((socket) => isOpenTo(socket, asked)) === true;

/** Nothing listens on the port, says the table. */
export const isVacant = ({ onPort }: Scene): boolean => onPort?.length === 0;

/** The process that holds the port, where both the table and the processes are known. */
export const holderOf = ({ onPort, processes }: Scene): Process | undefined =>
  processes?.value.find(({ pid }) => onPort?.some((socket) => socket.pid === pid) === true);
