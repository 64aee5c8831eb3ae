import type { FactName } from '#lib/domain/facts.ts';
import type { Process } from '#lib/domain/host-facts.ts';
import type { Failed, ProbeResult } from '#lib/domain/probe.ts';
import { SECOND } from '#lib/domain/time.ts';
import { isSilent, sameOnLoopback } from './agreement.ts';
import { type Reading, type Row, spokenBy } from './row.ts';
import { answers, failsAs, holderOf, type Scene } from './scene.ts';
import { foreignness } from './server-process.ts';
import { STUCK_ROWS } from './stuck-rows.ts';

const PROBES = ['name', 'loopback'] as const satisfies readonly FactName[];
/** HTTP that is not the review server's. A status of 500 and more may be its own. */
const FOREIGN = ['redirect', 'wrong-server', 'wrong-status'] as const satisfies readonly Failed['reason'][];
/** Bytes that are no answer of any review server. */
const NONSENSE = ['not-http', 'malformed', 'too-large', 'bad-body'] as const satisfies readonly Failed['reason'][];
/** The process table tells starts to the second. */
const START_ERROR_MS = SECOND;

/** Something takes the connection where the phone asks, and does not answer as the review server does. */
export const PROGRAM_ROWS: readonly Row[] = [
  {
    id: 'R07a',
    cause: 'split-port',
    observations: 'Two listeners on the port (specific and wildcard), fingerprints differ by address',
    needs: ['listeners', 'name', 'loopback', 'tailnet'],
    most: 'high',
    reads: (scene) => {
      const { name, loopback, onPort, here } = scene;
      const holders = new Set(onPort?.map(({ pid }) => pid).filter((pid) => pid !== undefined));
      const addresses = new Set(onPort?.map(({ address, family }) => `${family} ${address}`));
      if (here === false || holders.size < 2 || addresses.size < 2) return null;
      return isNotOurs(name) && answers(loopback) ? spokenBy('listeners', 'name', 'loopback') : null;
    },
  },
  {
    id: 'R32',
    cause: 'server-error',
    observations: 'The process that holds the port is the server’s, and its health asks for a login or is unreadable',
    needs: [...PROBES, 'processes', 'listeners'],
    most: 'high',
    reads: (scene) => (isOwnFault(scene) ? sameOnLoopback(scene, 'processes', 'listeners') : null),
  },
  {
    id: 'R07',
    cause: 'wrong-program',
    observations: 'The port answers, but not as the review server: 404, HTML, a redirect, another JSON',
    needs: [...PROBES, 'processes', 'listeners'],
    most: 'high',
    reads: (scene) => (failsAs(scene.name, ...FOREIGN) && !isServerError(scene.name) ? withHolder(scene) : null),
  },
  {
    id: 'R07',
    cause: 'wrong-program',
    observations: 'What comes back is no HTTP, or nothing; the process that holds the port is not the review server',
    needs: [...PROBES, 'processes', 'listeners'],
    most: 'high',
    reads: (scene) => (isStrange(scene) && strangerOf(scene).is === 'yes' ? withHolder(scene) : null),
  },
  {
    id: 'R07',
    cause: 'wrong-program',
    observations: 'What comes back is no HTTP, or nothing; a program that nobody here knows holds the port',
    needs: [...PROBES, 'processes', 'listeners'],
    most: 'medium',
    reads: (scene) => (isStrange(scene) && strangerOf(scene).is === 'maybe' ? withHolder(scene) : null),
  },
  {
    id: 'R07',
    cause: 'malformed',
    observations: 'What comes back is no HTTP or contradicts itself; whose it is, nobody knows',
    needs: PROBES,
    most: 'high',
    reads: (scene) => (failsAs(scene.name, ...NONSENSE) ? sameOnLoopback(scene) : null),
  },
  ...STUCK_ROWS,
  {
    id: 'R22',
    cause: 'closed-early',
    observations: 'Connection reset at accept: out of file descriptors, a crash, a security tool',
    needs: PROBES,
    most: 'medium',
    reads: (scene) => (failsAs(scene.name, 'reset') ? sameOnLoopback(scene) : null),
  },
  {
    id: 'R23',
    cause: 'closed-early',
    observations: 'Closed after the request, or in the middle of the answer',
    needs: PROBES,
    most: 'high',
    reads: (scene) => (failsAs(scene.name, 'closed-early', 'truncated') ? sameOnLoopback(scene) : null),
  },
  {
    id: 'R32',
    cause: 'server-error',
    observations: 'HTTP 5xx where the review server’s health is',
    needs: PROBES,
    most: 'high',
    reads: (scene) => (isServerError(scene.name) ? sameOnLoopback(scene) : null),
  },
  {
    id: 'R31',
    cause: 'tls',
    observations: 'https: the certificate is not trusted, expired or for another name, or no TLS is spoken',
    needs: ['name', 'loopback', 'tailnet'],
    most: 'high',
    reads: ({ name, loopback, tailnet }) =>
      failsAs(name, 'bad-certificate', 'tls-failure')
        ? spokenBy('name', answers(loopback) && 'loopback', answers(tailnet) && 'tailnet')
        : null,
  },
];

const isNotOurs = (probe: ProbeResult): boolean => failsAs(probe, ...FOREIGN, ...NONSENSE);

const isServerError = (probe: ProbeResult): boolean =>
  probe.outcome === 'failed' && probe.reason === 'wrong-status' && (probe.status ?? 0) >= 500;

/** How surely a program that is not the review server holds the port, and which fact says so. */
function strangerOf(scene: Scene): { readonly is: 'no' | 'maybe' | 'yes'; readonly by: FactName | false } {
  const holder = holderOf(scene);
  const socket = scene.onPort?.find(({ pid }) => holder === undefined || pid === holder.pid);
  const isService = socket?.pid !== undefined && socket.pid === scene.service?.value.pid;
  const isServer = scene.servers.some((server) => server === holder) || hasAnswered(scene, holder);
  if (isService || isServer) return { is: 'no', by: false };
  const is = foreignness(socket?.program, holder, scene.around);
  return { is, by: is !== 'no' && (holder === undefined ? 'listeners' : 'processes') };
}

/** A process that held the port when the review server last answered there is the review server, whatever it is called. */
const hasAnswered = ({ past }: Scene, holder: Process | undefined): boolean =>
  holder !== undefined && holder.startedAt < (past?.value.lastUpAt ?? 0) - START_ERROR_MS;

const withHolder = (scene: Scene): Reading => sameOnLoopback(scene, strangerOf(scene).by);

/** What comes back is no answer of any review server, or nothing. */
const isStrange = ({ name }: Scene): boolean => failsAs(name, ...NONSENSE) || isSilent(name);

/** It looks like the server that holds the port, or is for certain, and its answer is one that the server may give. */
function isOwnFault(scene: Scene): boolean {
  const { name, servers, knownServers } = scene;
  const holder = holderOf(scene);
  if (holder === undefined || name.outcome === 'answered' || !servers.includes(holder)) return false;
  const isRefusing = name.reason === 'wrong-status' && [401, 403].includes(name.status ?? 0);
  return name.reason === 'bad-body' || isRefusing || (knownServers.includes(holder) && failsAs(name, ...FOREIGN));
}
