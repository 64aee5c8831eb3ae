import type { Listener, Process, Service } from '#lib/domain/host-facts.ts';
import { baseName, isStartedBy, kindOfProgram, looksLikeServer, programOf } from '#lib/domain/processes.ts';
import type { Surroundings } from '#lib/domain/remedies.ts';

type Around = {
  readonly known: readonly Process[];
  readonly service: Service | undefined;
  readonly around: Surroundings;
};

/** Whether a process is the review server or one of its children: by its service, by its owner's command or by its looks. */
export const isServer = (process: Process, about: Around): boolean =>
  familyOf(process, about).some((each) => isKnown(each, about) || looksLikeServer(each.command));

/** Whether it is so by more than its looks, which another project of FastAPI's own template shares. */
export const isKnownServer = (process: Process, about: Around): boolean =>
  familyOf(process, about).some((each) => isKnown(each, about));

const isKnown = ({ pid, command }: Process, { service, around }: Around): boolean =>
  pid === service?.pid || isStartedBy(command, around.startCommand);

const familyOf = (process: Process, { known }: Pick<Around, 'known'>): readonly Process[] => [
  process,
  ...ancestorsOf(process, known),
];

/**
 * How surely what holds the port is not the review server, by the program that the table names and the process it belongs
 * to: a program that runs no such thing, or Python's own file server. `maybe`: a program that nobody here has heard of.
 */
export function foreignness(
  program: string | undefined,
  process: Process | undefined,
  { startCommand }: Surroundings,
): 'no' | 'maybe' | 'yes' {
  const command = process?.command ?? '';
  if (/\s-m\s+http\.server\b/.test(command)) return 'yes';
  const names = [program ?? '', programOf(command)].filter((name) => name !== '');
  const kinds = names.map((name) => (isStartProgram(name, startCommand) ? 'runner' : kindOfProgram(name)));
  if (kinds.length === 0 || kinds.includes('runner') || kinds.includes('stand-in')) return 'no';
  return kinds.includes('foreign') ? 'yes' : 'maybe';
}

const isStartProgram = (name: string | undefined, startCommand: readonly string[] | undefined): boolean =>
  startCommand !== undefined && name === baseName(startCommand[0] ?? '');

/** What a process is judged by when another project's may look the same. */
type Ports = {
  readonly port: number;
  readonly listeners?: { readonly value: readonly Listener[] };
  readonly processes?: { readonly value: readonly Process[] };
};

/**
 * Whether a process is about another port than the server's: it, or what started it, was told so, or has opened another and
 * not this one.
 */
export function isForOtherPort(process: Process, scene: Ports): boolean {
  const family = familyOf(process, { known: scene.processes?.value ?? [] });
  if (family.some(({ pid }) => holds(scene, pid))) return false;
  const named = family.map(portNamed).find((port) => port !== undefined);
  return (named !== undefined && named !== scene.port) || family.some(({ pid }) => listensElsewhere(scene, pid));
}

/** Whether a process was told to open the server's port. */
export const isForThisPort = (process: Process, scene: Ports): boolean =>
  portNamed(process) === scene.port && !isForOtherPort(process, scene);

const portNamed = ({ command }: Process): number | undefined => {
  const named = /\s--port[ =](\d+)/.exec(command)?.[1];
  return named === undefined ? undefined : Number(named);
};

const holds = ({ listeners, port }: Ports, pid: number): boolean =>
  listeners?.value.some((socket) => socket.port === port && socket.pid === pid) === true;

/** Whether the table shows a process on another port than the server's. */
export const listensElsewhere = ({ listeners, port }: Ports, pid: number | undefined): boolean =>
  pid !== undefined && listeners?.value.some((socket) => socket.port !== port && socket.pid === pid) === true;

/** A process and all that it started, among those known. */
export const withDescendants = (process: Process, known: readonly Process[]): readonly Process[] =>
  known.filter((each) => each.pid === process.pid || ancestorsOf(each, known).some(({ pid }) => pid === process.pid));

/** The reloader of `uvicorn --reload`: it holds the port, and a child of its own answers. */
export const isReloader = ({ command }: Process): boolean => /\s--reload(\s|$)/.test(command);

/** The child of a reloader that answers, while it is alive. */
export const isLiveWorker = ({ command, state }: Process): boolean =>
  state !== 'zombie' && command.includes('spawn_main');

function ancestorsOf(process: Process, known: readonly Process[]): readonly Process[] {
  const found: Process[] = [];
  for (let at: Process | undefined = process; at !== undefined && found.length < 8; ) {
    const { parentPid }: Process = at;
    at = known.find(({ pid }) => pid === parentPid && pid > 1 && !found.some((each) => each.pid === pid));
    if (at !== undefined) found.push(at);
  }
  return found;
}
