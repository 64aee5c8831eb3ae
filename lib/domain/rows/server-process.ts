import type { Process, Service } from '#lib/domain/host-facts.ts';
import { baseName, isRunner, isStartedBy, looksLikeServer } from '#lib/domain/processes.ts';
import type { Surroundings } from '#lib/domain/remedies.ts';

type Around = {
  readonly known: readonly Process[];
  readonly service: Service | undefined;
  readonly around: Surroundings;
};

/** Virtual machines and forwarders that stand for a program which the table cannot see. */
const STAND_INS = /docker|vpnkit|colima|lima|podman|ssh|tailscale|IPNExtension|launchd|systemd/i;

/** Whether a process is the review server or one of its children: by its service, by its owner's command or by its looks. */
export const isServer = (process: Process, about: Around): boolean =>
  familyOf(process, about).some((each) => isKnown(each, about) || looksLikeServer(each.command));

/** Whether it is so by more than its looks, which another project of FastAPI's own template shares. */
export const isKnownServer = (process: Process, about: Around): boolean =>
  familyOf(process, about).some((each) => isKnown(each, about));

const isKnown = ({ pid, command }: Process, { service, around }: Around): boolean =>
  pid === service?.pid || isStartedBy(command, around.startCommand);

const familyOf = (process: Process, { known }: Around): readonly Process[] => [process, ...ancestorsOf(process, known)];

/** Whether a process can hardly be the review server: a program that runs no such thing, or Python's own file server. */
export function isForeign({ command }: Process, { startCommand }: Surroundings): boolean {
  const program = programOf(command);
  if (startCommand !== undefined && program === baseName(startCommand[0] ?? '')) return false;
  return !(isRunner(program) || STAND_INS.test(program)) || /\s-m\s+http\.server\b/.test(command);
}

/** The reloader of `uvicorn --reload`: it holds the port, and a child of its own answers. */
export const isReloader = ({ command }: Process): boolean => /\s--reload(\s|$)/.test(command);

/** The child of a reloader that answers, while it is alive. */
export const isLiveWorker = ({ command, state }: Process): boolean =>
  state !== 'zombie' && command.includes('spawn_main');

/** `python3` of `/usr/bin/python3 -m uvicorn app.main:app`. */
export const programOf = (command: string): string => baseName(command.split(' ', 1)[0] ?? '');

function ancestorsOf(process: Process, known: readonly Process[]): readonly Process[] {
  const found: Process[] = [];
  for (let at: Process | undefined = process; at !== undefined && found.length < 8; ) {
    const { parentPid }: Process = at;
    at = known.find(({ pid }) => pid === parentPid && pid > 1 && !found.some((each) => each.pid === pid));
    if (at !== undefined) found.push(at);
  }
  return found;
}
