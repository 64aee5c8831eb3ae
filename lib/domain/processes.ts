import type { Listener, Process } from './host-facts.ts';

/** What makes a process the review server's, or bear on it. */
export type Marks = {
  readonly port: number;
  readonly listeners: readonly Listener[];
  readonly servicePid: number | undefined;
  readonly startCommand: readonly string[] | undefined;
};

/**
 * Whether a command line is the review server's: the owner's start command, or uvicorn with the app's usual name. The real
 * one is started as `uvicorn app.main:app` or `python -m uvicorn app.main:app`. Source: network reference §1.3.
 */
export function isServerCommand(command: string, startCommand: readonly string[] | undefined): boolean {
  if (/\buvicorn\b.*\bapp\.main:app\b/.test(command)) return true;
  if (startCommand === undefined) return false;
  // The program may be shown by another path than it was given: what follows it tells.
  const [program = '', ...rest] = startCommand;
  const name = program.slice(program.lastIndexOf('/') + 1);
  const tail = rest.length === 0 ? name : rest.join(' ');
  return command.includes(name) && command.endsWith(tail);
}

/** Those processes that hold the port, look like the review server or are its service, and their descendants; by pid. */
export function concerning(all: readonly Process[], marks: Marks): readonly Process[] {
  const holders = marks.listeners.filter(({ port }) => port === marks.port).map(({ pid }) => pid);
  const chosen = new Set<number>();
  for (const { pid, command } of all) {
    const isMarked = holders.includes(pid) || pid === marks.servicePid || isServerCommand(command, marks.startCommand);
    if (isMarked) chosen.add(pid);
  }
  for (let before = -1; before !== chosen.size; ) {
    before = chosen.size;
    for (const { pid, parentPid } of all) if (chosen.has(parentPid)) chosen.add(pid);
  }
  return all.filter(({ pid }) => chosen.has(pid)).sort((a, b) => a.pid - b.pid);
}
