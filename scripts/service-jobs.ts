import { dirname, join } from 'node:path';

/** What the service manager is to run: absolute paths, no shell. */
export type Job = Identity & {
  readonly command: readonly [program: string, ...args: string[]];
  readonly folder: string;
  /** Seconds from one run to the next, for what is not to run all the time. */
  readonly every?: number;
  /** Folders of programs that it needs besides its own. */
  readonly tools?: readonly string[];
  /** It starts others that go on when it ends. */
  readonly isOutlived?: true;
};

/** Under which names it is known. */
export type Identity = {
  /** As people call it, at the beginning of a sentence. */
  readonly title: string;
  readonly label: string;
  readonly unit: string;
  /** Its log on macOS. On Linux the journal keeps it, and rotates by itself. */
  readonly log: string;
};

export const LIFELINE: Identity = {
  title: 'Lifeline',
  label: 'io.lifeline.dashboard',
  unit: 'lifeline.service',
  log: 'lifeline.log',
};
export const REVIEW_SERVER: Identity = {
  title: 'The review server',
  label: 'io.lifeline.review-server',
  unit: 'lifeline-review-server.service',
  log: 'review-server.log',
};
/** launchd does not rotate what it lets its jobs write. */
export const LOGS: Identity = {
  title: 'The rotation of logs',
  label: 'io.lifeline.logs',
  unit: 'lifeline-logs.service',
  log: 'logs.log',
};

const HOUR_S = 3_600;

/** Lifeline as `npm start` runs it, in its checkout. */
export const lifelineJob = ({
  node,
  root,
  tools = [],
}: {
  readonly node: string;
  readonly root: string;
  readonly tools?: readonly string[];
}): Job => ({
  ...LIFELINE,
  command: [node, join(root, 'scripts', 'start.mjs')],
  folder: root,
  tools,
  isOutlived: true,
});

/** The rotation of the logs of both, once an hour. */
export const logsJob = ({
  node,
  root,
  home,
}: {
  readonly node: string;
  readonly root: string;
  readonly home: string;
}): Job => ({
  ...LOGS,
  command: [
    node,
    join(root, 'scripts', 'rotate-logs.ts'),
    ...[LIFELINE, REVIEW_SERVER].map((job) => logPath(home, job)),
  ],
  folder: root,
  every: HOUR_S,
});

export const logFolder = (home: string): string => join(home, 'Library', 'Logs', 'Lifeline');
export const logPath = (home: string, { log }: Identity): string => join(logFolder(home), log);

/** What every login looks in, and Homebrew's folders. */
const USUAL = ['/opt/homebrew/bin', '/usr/local/bin', '/usr/bin', '/bin', '/usr/sbin', '/sbin'];

/**
 * Where a job finds its tools: a service manager gives it less than a login does. Its own folder first, so that a Python of a
 * virtual environment finds its neighbours.
 */
export const searchPath = ({ command: [program], tools = [] }: Job): string =>
  [dirname(program), ...tools.filter((folder) => !USUAL.includes(folder)), ...USUAL].join(':');
