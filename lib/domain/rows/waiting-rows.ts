import type { FactName } from '#lib/domain/facts.ts';
import type { Process } from '#lib/domain/host-facts.ts';
import { type EpochMs, SECOND } from '#lib/domain/time.ts';
import { gone } from './absence.ts';
import type { Row } from './row.ts';
import type { Scene } from './scene.ts';
import { isForOtherPort } from './server-process.ts';

/** A Python server opens its port after its imports, a few seconds after its process began. Source: network reference R21. */
export const STARTING_MS = 15 * SECOND;

const GONE = ['listeners', 'name', 'loopback', 'tailnet'] as const satisfies readonly FactName[];

/** Nothing listens yet: its process has just begun. */
export const STARTING_ROWS: readonly Row[] = [
  {
    id: 'R21',
    cause: 'starting',
    observations: 'Its process is younger than 15 s and nothing listens yet: the port opens after the imports',
    needs: [...GONE, 'processes', 'service'],
    most: 'high',
    reads: (scene) => gone(scene, ...young(scene)),
  },
];

/** Nothing listens, and its process is there: a second one would be in its way. */
export const WAITING_ROWS: readonly Row[] = [
  {
    id: 'R10',
    cause: 'suspended',
    observations: 'Nothing listens; its process is in state T, suspended before it opened the port',
    needs: [...GONE, 'processes'],
    most: 'medium',
    reads: (scene) => gone(scene, live(scene).some(isHalted) && 'processes'),
  },
  {
    id: 'R21',
    cause: 'starting',
    observations:
      'Its process lives, or its service runs, for longer than 15 s and nothing listens: slow imports, or stuck',
    needs: [...GONE, 'processes', 'service'],
    most: 'medium',
    reads: (scene) => gone(scene, live(scene).length > 0 && 'processes', runs(scene) && 'service'),
  },
];

const isHalted = ({ state }: Process): boolean => state === 'stopped';

/** Its processes that could open the port yet: not those started for another port, nor those that have one. */
const live = (scene: Scene): readonly Process[] =>
  scene.servers.filter((process) => process.state !== 'zombie' && !isForOtherPort(process, scene));

/** Its service runs, and is not suspended as far as the processes tell. */
const runs = ({ service, processes }: Scene): boolean => {
  const { state, pid } = service?.value ?? {};
  return state === 'running' && processes?.value.some((each) => each.pid === pid && isHalted(each)) !== true;
};

function young(scene: Scene): readonly (FactName | false)[] {
  const { processes, service } = scene;
  const isNew = (startedAt: EpochMs | undefined, seenAt: EpochMs): boolean =>
    startedAt !== undefined && seenAt - startedAt < STARTING_MS;
  const candidates = live(scene).filter((process) => !isHalted(process));
  const byProcess = processes !== undefined && candidates.some(({ startedAt }) => isNew(startedAt, processes.at));
  const byService = runs(scene) && service !== undefined && isNew(service.value.startedAt, service.at);
  return [byProcess && 'processes', byService && 'service'];
}
