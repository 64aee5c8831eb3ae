import type { FactName } from '#lib/domain/facts.ts';
import type { Exit, Process } from '#lib/domain/host-facts.ts';
import { MINUTE } from '#lib/domain/time.ts';
import { absence, gone, isBadGateway, isDeadEnd } from './absence.ts';
import type { Row } from './row.ts';
import { isVacant, type Scene } from './scene.ts';
import { listensElsewhere } from './server-process.ts';
import { STARTING_MS, STARTING_ROWS, WAITING_ROWS } from './waiting-rows.ts';

/** Watching that began this soon after the machine did has seen whatever was started since. */
const SOON_MS = 5 * MINUTE;
/** The service manager's and the system's codes for a program that could not be run at all. */
const NOT_RUN = new Set([78, 126, 127, 200, 203]);

const GONE = ['listeners', 'name', 'loopback', 'tailnet'] as const satisfies readonly FactName[];

/** Nothing listens on the port. Which row it is depends on how that came about. */
export const PROCESS_ROWS: readonly Row[] = [
  {
    id: 'R08',
    cause: 'wrong-port',
    observations:
      'Its service’s process, or one of the owner’s start command, listening on another port; the port asked refused',
    needs: [...GONE, 'processes', 'service'],
    most: 'high',
    reads: (scene) => gone(scene, ...elsewhere(scene, scene.knownServers)),
  },
  {
    id: 'R03a',
    cause: 'cannot-start',
    observations:
      'The service manager could not run it: spawn failed, exit code 78, 126, 127, 200 or 203; nothing listens',
    needs: [...GONE, 'service'],
    most: 'high',
    reads: (scene) => gone(scene, couldNotRun(scene) && 'service'),
  },
  {
    id: 'R03',
    cause: 'crash-loop',
    observations:
      'Spawn scheduled, auto-restart or start-limit-hit, or started anew twice between two readings; nothing listens',
    needs: [...GONE, 'service', 'restarts'],
    most: 'high',
    reads: (scene) => gone(scene, isRestarting(scene) && 'service', isLooping(scene) && 'restarts'),
  },
  ...STARTING_ROWS,
  {
    id: 'R02',
    cause: 'crashed',
    observations:
      'Nothing listens; the service stopped with an exit code other than 0, or by another signal than SIGTERM',
    needs: [...GONE, 'service', 'log', 'past', 'boot'],
    most: 'high',
    reads: (scene) => gone(scene, hasCrashed(scene) && 'service', hasCrashed(scene) && hasErrorSince(scene) && 'log'),
  },
  {
    id: 'R02',
    cause: 'crashed',
    observations: 'Nothing listens; it was up since boot, and its log ends with an error written since',
    needs: [...GONE, 'log', 'past', 'boot'],
    most: 'medium',
    reads: (scene) => (wasUp(scene) && !isWellEnded(scene) ? gone(scene, hasErrorSince(scene) && 'log') : null),
  },
  {
    id: 'R08',
    cause: 'wrong-port',
    observations:
      'A process that looks like the server’s (uvicorn app.main:app) on another port; the port asked refused',
    needs: [...GONE, 'processes'],
    most: 'medium',
    reads: (scene) => gone(scene, ...elsewhere(scene, scene.servers)),
  },
  ...WAITING_ROWS,
  {
    id: 'R04',
    cause: 'never-started',
    observations: 'Not up since boot; the service manager never ran it, does not know it or was told not to start it',
    needs: [...GONE, 'service', 'boot', 'past'],
    most: 'high',
    reads: (scene) =>
      wasNeverRun(scene) && !wasUp(scene)
        ? gone(scene, 'service', isSeenSinceBoot(scene) && 'boot', isSeenSinceBoot(scene) && 'past')
        : null,
  },
  {
    id: 'R04',
    cause: 'never-started',
    observations: 'Boot is newer than the last good probe, and it has not been seen up since',
    needs: [...GONE, 'boot', 'past'],
    most: 'medium',
    reads: (scene) =>
      scene.service === undefined && isWatchedSinceBoot(scene) && !wasUp(scene) ? gone(scene, 'boot', 'past') : null,
  },
  {
    id: 'R33',
    cause: 'not-running',
    observations: '502 of the proxy in front (tailscale serve); nothing behind it',
    needs: [...GONE, 'forwards'],
    most: 'high',
    reads: (scene) => (isBadGateway(scene) ? absence(scene) : null),
  },
  {
    id: 'R23',
    cause: 'not-running',
    observations: 'tailscale serve --tcp takes the connection and closes it; nothing behind it',
    needs: [...GONE, 'forwards'],
    most: 'high',
    reads: (scene) => (isDeadEnd(scene) ? gone(scene, 'forwards') : null),
  },
  {
    id: 'R12b',
    cause: 'not-running',
    observations: 'No listener, and stealth mode on: the phone times out although nothing listens',
    needs: [...GONE, 'firewall'],
    most: 'high',
    reads: (scene) => {
      const reading = isVacant(scene) && scene.firewall?.value.isStealthy === true ? absence(scene) : null;
      return reading === null ? null : { ...reading, by: [...reading.by, 'firewall'] };
    },
  },
  {
    id: 'R01',
    cause: 'not-running',
    observations: 'No listener on the port of any family; connections refused; no server process',
    needs: [...GONE, 'service'],
    most: 'high',
    reads: (scene) => {
      const reading = absence(scene);
      return reading !== null && isWellEnded(scene) ? { ...reading, by: [...reading.by, 'service'] } : reading;
    },
  },
];

/** The table shows one of these processes, or the service's own, on another port. */
function elsewhere(scene: Scene, servers: readonly Process[]): readonly (FactName | false)[] {
  const { service } = scene;
  const byProcess = servers.some(({ pid }) => listensElsewhere(scene, pid));
  const byService = service?.value.state === 'running' && listensElsewhere(scene, service.value.pid);
  return byProcess || byService ? ['listeners', byProcess && 'processes', byService && 'service'] : [];
}

const couldNotRun = ({ service }: Scene): boolean => {
  const { state, lastExit } = service?.value ?? {};
  const code = lastExit !== undefined && 'code' in lastExit ? lastExit.code : 0;
  return state === 'spawn-failed' || (state !== 'running' && NOT_RUN.has(code));
};

const isRestarting = ({ service }: Scene): boolean =>
  service?.value.state === 'restarting' || service?.value.hasGivenUp === true;

const isLooping = (scene: Scene): boolean =>
  (scene.restarts?.value.times ?? 0) >= 2 && (isRestarting(scene) || !isOrderly(scene.service?.value.lastExit));

const hasEnded = ({ service }: Scene): boolean => service?.value.state === 'stopped';

const hasCrashed = (scene: Scene): boolean => hasEnded(scene) && isBad(scene.service?.value.lastExit);

/** It ended as one that was told to, or nobody is to start it: no crash, whatever its log says. */
const isWellEnded = (scene: Scene): boolean => {
  const { state, lastExit } = scene.service?.value ?? {};
  return state === 'not-loaded' || state === 'disabled' || (hasEnded(scene) && isOrderly(lastExit));
};

const isBad = (exit: Exit | undefined): boolean => exit !== undefined && !isOrderly(exit);

/**
 * Code 0, or ended by who may: SIGTERM of the service manager, SIGINT of Ctrl-C, as signals or as a shell's code for them.
 * uvicorn from 0.38 on ends by the signal itself. Source: network reference §2.8.
 */
export const isOrderly = (exit: Exit | undefined): boolean =>
  exit !== undefined &&
  ('code' in exit ? [0, 130, 143].includes(exit.code) : ['SIGTERM', 'SIGINT'].includes(exit.signal));

/** The log's error is no older than the last answer; a little earlier is written while the last answers went out. */
const hasErrorSince = ({ log, past }: Scene): boolean =>
  log?.value.error !== undefined && log.value.writtenAt >= (past?.value.lastUpAt ?? 0) - STARTING_MS;

const wasUp = ({ past, boot }: Scene): boolean => {
  const last = past?.value.lastUpAt ?? null;
  return last !== null && (boot === undefined || last > boot.value.bootedAt);
};

const wasNeverRun = (scene: Scene): boolean => {
  const { state, starts, lastExit, startedAt } = scene.service?.value ?? {};
  // Unloaded or disabled says nothing of whether it ran before that: only our own history can.
  if (state === 'not-loaded' || state === 'disabled') return isSeenSinceBoot(scene);
  return state === 'stopped' && lastExit === undefined && startedAt === undefined && (starts ?? 0) === 0;
};

/** Our own history reaches over all the time since boot, or its last answer was before that. */
const isSeenSinceBoot = (scene: Scene): boolean => isBootNewer(scene) || isWatchedSinceBoot(scene);

const isBootNewer = ({ boot, past }: Scene): boolean =>
  boot !== undefined && (past?.value.lastUpAt ?? Infinity) < boot.value.bootedAt;

const isWatchedSinceBoot = ({ boot, past }: Scene): boolean =>
  boot !== undefined && past !== undefined && past.value.watchedSince - boot.value.bootedAt < SOON_MS;
