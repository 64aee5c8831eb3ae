import type { FactName } from '#lib/domain/facts.ts';
import type { Process } from '#lib/domain/host-facts.ts';
import { failsIn, isSilent, isStuck, sameOnLoopback } from './agreement.ts';
import { type Reading, type Row, spokenBy } from './row.ts';
import { failsAs, holderOf, type Scene } from './scene.ts';
import { isForOtherPort, isLiveWorker, isReloader, withDescendants } from './server-process.ts';

const PROBES = ['name', 'loopback'] as const satisfies readonly FactName[];

/** Something takes the connection, or lets it wait, and says nothing. */
export const STUCK_ROWS: readonly Row[] = [
  {
    id: 'R10',
    cause: 'suspended',
    observations: 'Process that holds the port in state T: stopped or suspended, Ctrl-Z in a terminal',
    needs: [...PROBES, 'processes', 'listeners'],
    most: 'high',
    reads: (scene) => stuckBy(scene, held(scene).some(isHalted) && ['processes', 'listeners']),
  },
  {
    id: 'R10',
    cause: 'suspended',
    observations: 'Who holds the port is unknown; a process that looks like the server’s is in state T',
    needs: [...PROBES, 'processes'],
    most: 'medium',
    reads: (scene) => stuckBy(scene, lookAlikes(scene).some(isHalted) && ['processes']),
  },
  {
    id: 'R09',
    cause: 'reload-dead',
    observations: 'Connect ok, no byte; what holds the port is --reload and its child is gone or a zombie',
    needs: [...PROBES, 'processes', 'listeners'],
    most: 'high',
    reads: (scene) => {
      const holder = holderOf(scene);
      return stuckBy(scene, holder !== undefined && isOrphaned(holder, scene) && ['processes', 'listeners']);
    },
  },
  {
    id: 'R09',
    cause: 'reload-dead',
    observations:
      'Connect ok, no byte; who holds the port is unknown, and a --reload like the server’s has no child alive',
    needs: [...PROBES, 'processes'],
    most: 'medium',
    reads: (scene) => stuckBy(scene, lookAlikes(scene).some((each) => isOrphaned(each, scene)) && ['processes']),
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
];

const isHalted = ({ state }: Process): boolean => state === 'stopped';

/** The process that holds the port, with all that it started. */
export const held = (scene: Scene): readonly Process[] => {
  const holder = holderOf(scene);
  return holder === undefined ? [] : withDescendants(holder, scene.processes?.value ?? []);
};

/** Where nobody knows who holds the port: what looks like the server and is not about another port. */
export const lookAlikes = (scene: Scene): readonly Process[] =>
  holderOf(scene) === undefined ? scene.servers.filter((process) => !isForOtherPort(process, scene)) : [];

/** A reloader without a worker that lives, not even below another command that only passes on to it. */
const isOrphaned = (process: Process, { processes }: Scene): boolean =>
  isReloader(process) && !withDescendants(process, processes?.value ?? []).some(isLiveWorker);

function stuckBy({ name, loopback }: Scene, why: readonly FactName[] | false): Reading | null {
  if (why === false || !isStuck(name)) return null;
  const [first, ...more] = why;
  return spokenBy(first ?? false, 'name', failsAs(loopback, 'timeout') && 'loopback', ...more);
}
