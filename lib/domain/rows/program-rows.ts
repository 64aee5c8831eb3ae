import type { FactName } from '#lib/domain/facts.ts';
import type { Failed, ProbeResult } from '#lib/domain/probe.ts';
import { type Reading, type Row, spokenBy } from './row.ts';
import { answers, asksServer, failsAs, holderOf, type Scene } from './scene.ts';
import { isForeign, isLiveWorker, isReloader } from './server-process.ts';

const PROBES = ['name', 'loopback'] as const satisfies readonly FactName[];
/** HTTP that is not the review server's. A status of 500 and more may be its own. */
const FOREIGN = ['redirect', 'wrong-server', 'wrong-status'] as const satisfies readonly Failed['reason'][];
/** Bytes that are no answer of any review server. */
const NONSENSE = ['not-http', 'malformed', 'too-large', 'bad-body'] as const satisfies readonly Failed['reason'][];
/** Phases in which a connection stands and somebody ought to say something. */
const STANDING: readonly Failed['failedIn'][] = ['tls', 'firstByte', 'download'];

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
    reads: (scene) => {
      const strange = failsAs(scene.name, ...NONSENSE) || isSilent(scene.name);
      return strange && isForeignHeld(scene) ? withHolder(scene) : null;
    },
  },
  {
    id: 'R07',
    cause: 'malformed',
    observations: 'What comes back is no HTTP or contradicts itself; whose it is, nobody knows',
    needs: PROBES,
    most: 'high',
    reads: (scene) => (failsAs(scene.name, ...NONSENSE) ? sameOnLoopback(scene) : null),
  },
  {
    id: 'R10',
    cause: 'suspended',
    observations: 'Process state T: stopped or suspended, Ctrl-Z in a terminal',
    needs: [...PROBES, 'processes', 'listeners'],
    most: 'high',
    reads: (scene) => {
      const { name, loopback, servers } = scene;
      const held = holderOf(scene) ?? servers.find(({ state }) => state === 'stopped');
      if (held?.state !== 'stopped' || !isStuck(name)) return null;
      return spokenBy('processes', 'name', failsAs(loopback, 'timeout') && 'loopback');
    },
  },
  {
    id: 'R09',
    cause: 'reload-dead',
    observations: 'Connect ok, no byte; the parent is --reload and its child is gone or a zombie',
    needs: [...PROBES, 'processes'],
    most: 'high',
    reads: (scene) => {
      const { name, loopback, servers, processes } = scene;
      const reloader = servers.find(isReloader);
      if (reloader === undefined || !isStuck(name)) return null;
      const isAlive = processes?.value.some((each) => each.parentPid === reloader.pid && isLiveWorker(each));
      return isAlive === true ? null : spokenBy('processes', 'name', failsAs(loopback, 'timeout') && 'loopback');
    },
  },
  {
    id: 'R26',
    cause: 'hung',
    observations: 'Backlog full: connects time out locally while the process lives; Recv-Q above the backlog',
    needs: [...PROBES, 'listeners'],
    most: 'high',
    reads: ({ name, loopback, onPort }) => {
      const isFull = onPort?.some(({ waiting = 0, backlog }) => backlog !== undefined && waiting > backlog);
      if (isFull !== true || !isStuck(name)) return null;
      return spokenBy('listeners', 'name', failsAs(loopback, 'timeout') && 'loopback');
    },
  },
  {
    id: 'R09',
    cause: 'hung',
    observations: 'Listener ours, connect ok, no byte within 5 s on loopback; process R or S, Recv-Q above 0',
    needs: [...PROBES, 'listeners'],
    most: 'high',
    reads: (scene) => {
      if (!isSilent(scene.name)) return null;
      const isQueued = scene.onPort?.some(({ waiting = 0 }) => waiting > 0) === true;
      return sameOnLoopback(scene, isQueued && 'listeners');
    },
  },
  {
    id: 'R26',
    cause: 'hung',
    observations: 'Not even a connection on loopback, which drops nothing: a full queue',
    needs: PROBES,
    most: 'medium',
    reads: ({ name, loopback, here }) =>
      here !== false && failsIn(name, 'tcp') && failsIn(loopback, 'tcp') ? spokenBy('name', 'loopback') : null,
  },
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

const isSilent = (probe: ProbeResult): boolean =>
  probe.outcome === 'failed' && probe.reason === 'timeout' && STANDING.includes(probe.failedIn);

/** No connection, or none that says anything: with a full queue a process that does nothing shows either. */
const isStuck = (probe: ProbeResult): boolean => isSilent(probe) || failsIn(probe, 'tcp');

const failsIn = (probe: ProbeResult | undefined, phase: Failed['failedIn']): boolean =>
  probe?.outcome === 'failed' && probe.reason === 'timeout' && probe.failedIn === phase;

/** A program that can hardly be the review server holds the port. */
const looksForeign = (scene: Scene): boolean => {
  const holder = holderOf(scene);
  return holder !== undefined && isForeign(holder, scene.around);
};

/** And nothing else says that it is: neither its service nor the owner's start command. */
const isForeignHeld = (scene: Scene): boolean =>
  looksForeign(scene) && !scene.servers.some((server) => server === holderOf(scene));

const withHolder = (scene: Scene): Reading => sameOnLoopback(scene, looksForeign(scene) && 'processes');

/**
 * A fault of what holds the port: loopback shows the same, or contradicts it by answering. A proxy in front can fail on
 * its own, so there loopback's answer contradicts nothing.
 */
function sameOnLoopback(scene: Scene, ...also: readonly (FactName | false)[]): Reading {
  const { name, loopback, here } = scene;
  const isAlike = here !== false && asksServer(scene);
  const agrees = here !== false && name.outcome === 'failed' && failsAs(loopback, name.reason);
  const by = spokenBy('name', agrees && 'loopback', ...also)?.by ?? ['name'];
  return isAlike && answers(loopback) ? { by, against: ['loopback'] } : { by };
}
