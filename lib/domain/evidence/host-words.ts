import type { Say } from '#lib/domain/clock.ts';
import type { SideFacts } from '#lib/domain/facts.ts';
import type { Listener, Process } from '#lib/domain/host-facts.ts';
import { programOf } from '#lib/domain/processes.ts';
import { isOpenTo } from '#lib/domain/rows/listening.ts';
import type { Scene } from '#lib/domain/rows/scene.ts';
import { isForOtherPort, isLiveWorker, isReloader, listensElsewhere } from '#lib/domain/rows/server-process.ts';
import { exitWords, longSpan } from '#lib/domain/story.ts';

/** More of them say no more. */
const MOST = 4;

type Value<K extends keyof SideFacts> = NonNullable<SideFacts[K]>['value'];

/** Who listens on the port, and on which other port a process of the server does. */
export function listenerWords(
  listeners: Value<'listeners'>,
  { port, servers }: { readonly port: number; readonly servers: readonly Process[] },
): readonly string[] {
  const onPort = listeners.filter((socket) => socket.port === port);
  const others = listeners.filter((socket) => socket.port !== port && servers.some(({ pid }) => pid === socket.pid));
  const elsewhere = others.slice(0, MOST).map(socketWords(others));
  if (onPort.length > 0) return [...onPort.slice(0, MOST).map(socketWords(onPort)), ...elsewhere];
  return [`Nothing listens on port ${port}`, ...elsewhere];
}

const socketWords =
  (all: readonly Listener[]) =>
  (socket: Listener): string => {
    const { program = 'A program', pid, waiting = 0 } = socket;
    const who = pid === undefined ? program : `${program} (pid ${pid})`;
    const only = all.length === 1 && !isEverywhere(socket) ? ' only' : '';
    const queue = waiting === 0 ? '' : `; ${waiting} ${waiting === 1 ? 'connection waits' : 'connections wait'} there`;
    return `${who} listens on ${placeOf(socket)}${only}${queue}`;
  };

const FAMILY_WORDS = { ipv4: ' (IPv4)', ipv6: ' (IPv6)', both: '' } as const satisfies Record<
  Listener['family'],
  string
>;

function placeOf({ address, family, port }: Listener): string {
  if (address === '*') return `*:${port}${FAMILY_WORDS[family]}`;
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}

const isEverywhere = (socket: Listener): boolean => isOpenTo(socket, '192.0.2.1') || isOpenTo(socket, '2001:db8::1');

const STATE_WORDS = {
  running: 'runs',
  sleeping: 'runs',
  stopped: 'is suspended',
  zombie: 'is dead and not yet cleared away',
  other: 'is there',
} as const satisfies Record<Process['state'], string>;

/**
 * What the server's processes do, and those that hold its port without being it. One for another port is told only where
 * nothing listens on this one, and it does there.
 */
export function processWords(all: readonly Process[], scene: Scene): readonly string[] {
  const { onPort, servers } = scene;
  const isOrphaned = (process: Process): boolean =>
    isReloader(process) && !servers.some((each) => each.parentPid === process.pid && isLiveWorker(each));
  const isTold = (process: Process): boolean =>
    !isForOtherPort(process, scene) || (onPort?.length === 0 && listensElsewhere(scene, process.pid));
  const own = servers.filter(isTold);
  const others = all.filter(({ pid }) => onPort?.some((socket) => socket.pid === pid));
  const words = [...new Set([...own, ...others])].slice(0, MOST).map((process) => {
    const worker = isOrphaned(process) ? ', and its worker is gone' : '';
    return `${commandWords(process)} (pid ${process.pid}) ${STATE_WORDS[process.state]}${worker}`;
  });
  return own.length === 0 ? ['No process of the review server is there', ...words] : words;
}

/** The program with what decides where it listens: never the whole command line. */
function commandWords(process: Process): string {
  const { command } = process;
  const options = [...command.matchAll(/\s--(host|port)[ =](\S+)/g)].map(([, name, value]) => `--${name} ${value}`);
  const module = /\s((?:[\w.]+:app)|http\.server|multiprocessing\S*)(?=\s|$)/.exec(command)?.[1];
  return [programOf(command), module, ...options, isReloader(process) ? '--reload' : undefined]
    .filter((word) => word !== undefined)
    .join(' ')
    .slice(0, 120);
}

/** What the service manager says of the server's job. */
export function serviceWords(service: Value<'service'>): readonly string[] {
  const { manager, label, starts = 0 } = service;
  const who = manager === 'lifeline' ? 'Lifeline' : manager;
  if (service.state === 'not-loaded') return [`${who} does not know ${label}`];
  if (service.state === 'disabled') return [`${who} was told not to start ${label}`];
  return [`${who}: ${label} ${doingOf(service)}${starts < 2 ? '' : ` (started ${starts} times)`}`];
}

function doingOf(service: Value<'service'>): string {
  const { state, pid, lastExit } = service;
  const ended = lastExit === undefined ? 'stopped' : exitWords(lastExit);
  switch (state) {
    case 'running':
      return pid === undefined ? 'runs' : `runs (pid ${pid})`;
    case 'restarting':
      return `${ended}, about to be started again`;
    case 'spawn-failed':
      return lastExit === undefined ? 'could not be started' : `could not be started (${ended})`;
    case 'stopped':
    case 'not-loaded':
    case 'disabled':
      return `${ended}${afterEnd(service)}`;
  }
}

function afterEnd({ lastExit, starts = 0, isKeptAlive, hasGivenUp }: Value<'service'>): string {
  if (hasGivenUp === true) return ', and restarting it was given up';
  if (lastExit === undefined && starts === 0) return ', and was never started';
  return isKeptAlive === true ? ', to be restarted' : ', not restarted';
}

/** That it was not started anew is no news. */
export const restartWords = ({ times, withinMs }: Value<'restarts'>): readonly string[] =>
  times === 0 ? [] : [`Started anew ${times} ${times === 1 ? 'time' : 'times'} in ${longSpan(withinMs)}`];

export const logWords = ({ error, lines }: Value<'log'>): readonly string[] => {
  if (error !== undefined) return [`Its log ends with: ${error.slice(0, 250)}`];
  const last = lines.at(-1);
  return [last === undefined ? 'Its log is empty' : `Its log names no error; its last line: ${last.slice(0, 250)}`];
};

export const bootWords = ({ bootedAt, sleptAt, wokeAt }: Value<'boot'>, say: Say): readonly string[] => [
  `This machine started at ${say(bootedAt)}`,
  ...(sleptAt === undefined || wokeAt === undefined || sleptAt > wokeAt
    ? []
    : [`It last slept from ${say(sleptAt)} to ${say(wokeAt)}`]),
];

/** A processor with less to do than this makes nobody wait for long. */
const BUSY = 1.5;

export const loadWords = ({ perCore }: Value<'load'>): readonly string[] =>
  perCore < BUSY ? [] : [`${perCore.toFixed(1)} processes per processor want to run`];

export const firewallWords = ({ tool, verdict, why, isStealthy }: Value<'firewall'>): readonly string[] => {
  const name = tool === 'alf' ? 'The macOS firewall' : 'The firewall';
  const does = {
    allows: 'lets connections to the port in',
    drops: 'drops connections to the port',
    'by-program': 'goes by the program that listens, which is not known',
    rejects: 'rejects connections to the port',
  };
  const rule = `${name} ${does[verdict]}${why === '' ? '' : `: ${why}`}`;
  const stealth = 'Stealth mode is on: a closed port answers with silence';
  if (!isStealthy) return [rule];
  return verdict === 'allows' ? [stealth, rule] : [rule, stealth];
};

export const pastWords = ({ lastUpAt, watchedSince, lastSleep }: Value<'past'>, say: Say): readonly string[] => [
  ...(lastSleep === undefined ? [] : [`This machine was asleep from ${say(lastSleep.from)} to ${say(lastSleep.to)}`]),
  lastUpAt === null
    ? `It has not answered since Lifeline began to watch at ${say(watchedSince)}`
    : `It last answered at ${say(lastUpAt)}`,
];
