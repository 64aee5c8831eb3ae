import type { Listener, Process } from './host-facts.ts';

/** What makes a process the review server's, or bear on it. */
export type Marks = {
  readonly port: number;
  readonly listeners: readonly Listener[];
  readonly servicePid: number | undefined;
  readonly startCommand: readonly string[] | undefined;
};

/** A build of Python for one kind of processor or of threads: `python3.11-intel64`, `python3.13t`. */
const PYTHON = String.raw`pythonw?[\d.]*t?(?:-(?:intel64|arm64|32|64))?`;
const PYTHONS = new RegExp(`^${PYTHON}$`, 'i');
/** Programs that run Python web servers, or something that runs one. */
const RUNNERS = new RegExp(
  [
    `^(?:${PYTHON}|pypy[\\d.]*|uvicorn|hypercorn|gunicorn|granian|daphne|fastapi|flask|uv|uvx|poetry|pdm|pipenv`,
    '|hatch|rye|pixi|conda|mamba|micromamba|(?:ba|z|da|k|fi)?sh|env|nohup|caffeinate)$',
  ].join(''),
  'i',
);
/** Virtual machines, forwarders and proxies that stand for a program which the table cannot see. lsof cuts names short. */
const STAND_INS = new RegExp(
  [
    'docke|containerd|conmon|vpnkit|lima|podman|gvproxy|orbstack|qemu|virtual|vmgr|rancher|rootless|slirp4netns',
    '|passt|pasta|multipass|ssh|socat|tailscale|IPNExtension|network-extension|nginx|caddy|traefik|haproxy',
    '|cloudflared|ngrok|launchd|systemd',
  ].join(''),
  'i',
);
/** Programs that hold such a port now and then, and run no review server. Control Center is AirPlay's receiver. */
const FOREIGN =
  /^(?:node|deno|bun|ruby|puma|php[\d.]*|java|perl|dotnet|httpd|apache2|nc|ncat|netcat|redis-server|postgres|mysqld|ControlCe(?:nter)?)$/i;

/** What the name of a program says: runs Python servers, stands for another, does neither, or nothing. */
export function kindOfProgram(program: string): 'runner' | 'stand-in' | 'foreign' | 'unknown' {
  if (isRunner(program)) return 'runner';
  if (STAND_INS.test(program)) return 'stand-in';
  return FOREIGN.test(program) ? 'foreign' : 'unknown';
}

const isRunner = (program: string): boolean => RUNNERS.test(program);

/**
 * `python3` of `/usr/bin/python3 -m uvicorn app.main:app`. A folder of its path may have blanks in its name: then the runner
 * that the path ends with is told.
 */
export function programOf(command: string): string {
  const words = command.split(' ');
  const isPath = words[0]?.startsWith('/') === true;
  const end = words.findIndex((word, place) => place > 0 && (!isPath || /^[-/.]/.test(word)));
  const names = words.slice(0, end < 0 ? undefined : end);
  return baseName(names.find((word) => word.includes('/') && isRunner(baseName(word))) ?? words[0] ?? '');
}

/** The file that a path ends with. */
export const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/**
 * Whether a command line could be the review server's: uvicorn with its app. FastAPI's own template names its app the same, so
 * another project's may look so too. The real one is started as `uvicorn app.main:app` or `python -m uvicorn app.main:app`.
 * Source: network reference §1.3.
 */
export function looksLikeServer(command: string): boolean {
  const words = command.split(' ');
  const before = words.slice(0, Math.max(0, words.indexOf('app.main:app')));
  return argumentsOfRunner(before) !== null && before.some((word) => /^uvicorn(\.workers\.\w+)?$/.test(baseName(word)));
}

/**
 * Whether a command line is the owner's start command. The program may be shown by another path than it was given, and a
 * script's behind its interpreter's; the arguments are the same.
 */
export function isStartedBy(command: string, startCommand: readonly string[] | undefined): boolean {
  const [program = '', ...rest] = startCommand ?? [];
  const tail = rest.map((word) => ` ${word}`).join('');
  if (program === '' || !command.endsWith(tail)) return false;
  const start = command.slice(0, command.length - tail.length);
  // A path may have spaces in it, so it is looked for as a whole first.
  const shown = ` ${start}`.endsWith(` ${program}`) ? program : start.slice(start.lastIndexOf(' ') + 1);
  if (!isSameProgram(baseName(shown), baseName(program))) return false;
  const interpreter = start.slice(0, start.length - shown.length).trimEnd();
  if (interpreter === '') return true;
  const others = argumentsOfRunner(interpreter.split(' '));
  return others?.every((word) => word.startsWith('-') || isRunner(baseName(word))) === true;
}

const isSameProgram = (one: string, other: string): boolean =>
  one === other || (PYTHONS.test(one) && PYTHONS.test(other));

/** What follows the runner that a command line begins with; null when it begins with another program. */
function argumentsOfRunner(words: readonly string[]): readonly string[] | null {
  const place = words.findIndex((word) => isRunner(baseName(word)));
  const path = words.slice(0, place + 1);
  const [first = '', ...more] = path;
  // A folder of its path may have spaces in its name: then its last piece has a slash, though it begins with none.
  const isPath =
    first.startsWith('/') && more.every((word) => /^[^-/]/.test(word)) && path.at(-1)?.includes('/') === true;
  return place === 0 || (place > 0 && isPath) ? words.slice(place + 1) : null;
}

/** Those processes that hold the port, look like the review server or are its service, and their descendants; by pid. */
export function concerning(all: readonly Process[], marks: Marks): readonly Process[] {
  const holders = marks.listeners.filter(({ port }) => port === marks.port).map(({ pid }) => pid);
  const chosen = new Set<number>();
  for (const { pid, command } of all) {
    const isServers = looksLikeServer(command) || isStartedBy(command, marks.startCommand);
    if (isServers || holders.includes(pid) || pid === marks.servicePid) chosen.add(pid);
  }
  for (let before = -1; before !== chosen.size; ) {
    before = chosen.size;
    for (const { pid, parentPid } of all) if (chosen.has(parentPid)) chosen.add(pid);
  }
  return all.filter(({ pid }) => chosen.has(pid)).sort((a, b) => a.pid - b.pid);
}
