import { homedir, userInfo } from 'node:os';
import { join } from 'node:path';
import type { Exit, Service } from '#lib/domain/host-facts.ts';
import { shown } from '#lib/domain/remedies/commands.ts';
import { logTail } from '#lib/host/log-tail.ts';
import type { CommandResult } from '#lib/host/run-command.ts';
import { type Ended, type Started, startDetached } from '#lib/host/start-detached.ts';
import { serviceCommands, startService } from '#lib/host/start-service.ts';
import type { Config } from './config.ts';

/** What came of starting: how it ended, or that it goes on, and the end of what it printed. */
export type Launch = {
  /** Resolves when the command ended; null when the system would not start it. */
  readonly ended: Promise<Ended | null>;
  readonly output: () => Promise<string>;
};

/** How the owner said that the review server is started. */
export type Launcher = {
  /** As one would type it. */
  readonly command: string;
  /** Whether it ends first what runs already. */
  readonly restarts: boolean;
  readonly launch: () => Launch;
  /** What became of the command that was launched last; null for a service, of which its manager tells. */
  readonly launched: () => Service | null;
};

/** Our own configuration is none of the server's business, and a port of ours least of all. */
const OURS = /^(?:PORT|HOST|HOSTNAME|NODE_ENV|LIFELINE_.*|ANKI_CONNECT_KEY|NEXT_.*|__NEXT_.*|npm_.*|INIT_CWD)$/;

/** Where what a start command prints is kept. */
export const startLog = ({ dataDir }: Pick<Config, 'dataDir'>): string => join(dataDir, 'start.log');

/** Null when the owner configured neither a command nor a service. */
export function createLauncher(config: Config): Launcher | null {
  const { startCommand, serviceLabel } = config;
  if (startCommand !== undefined) return launcherOf(startCommand, config);
  if (serviceLabel === undefined) return null;
  const [first = []] = serviceCommands(serviceLabel);
  return { command: shown(first), restarts: true, launch: () => launchService(serviceLabel), launched: () => null };
}

function launcherOf(startCommand: readonly string[], config: Config): Launcher {
  const command = shown(startCommand);
  let launched: Service | null = null;
  return {
    command,
    restarts: false,
    launch: () => {
      const startedAt = Date.now();
      const started = startIn(startCommand, config);
      void started.then((result) => {
        if (result.outcome === 'not-started') return;
        const { pid } = result;
        const known = {
          manager: 'lifeline',
          label: command,
          startedAt,
          isKeptAlive: false,
          logPath: startLog(config),
        } as const;
        launched = { ...known, state: 'running', pid };
        void result.ended.then((ended) => {
          if (launched?.pid === pid)
            launched = { ...known, state: 'stopped', exitedAt: Date.now(), lastExit: exitOf(ended) };
        });
      });
      return launchOf(started, { command: startCommand, config });
    },
    launched: () => launched,
  };
}

const startIn = (command: readonly string[], config: Config): Promise<Started> =>
  startDetached(command, {
    outputPath: startLog(config),
    folder: config.startDir ?? homedir(),
    env: withoutOurs(process.env),
  });

const exitOf = ({ exitCode, signal }: Ended): Exit => (signal === null ? { code: exitCode ?? 0 } : { signal });

function launchOf(
  started: Promise<Started>,
  { command, config }: { readonly command: readonly string[]; readonly config: Config },
): Launch {
  return {
    ended: started.then((result) => (result.outcome === 'started' ? result.ended : null)),
    output: async () => {
      const result = await started;
      return result.outcome === 'started' ? endOf(startLog(config)) : notStarted(command, config, result.code);
    },
  };
}

/** The environment of the user, as far as the types go: a child needs no NODE_ENV. */
const withoutOurs = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(env).filter(([name]) => !OURS.test(name))) as NodeJS.ProcessEnv;

/** ENOENT is said of a program that is missing and of a folder that is. */
const notStarted = ([program = '']: readonly string[], { startDir }: Config, code: string): string =>
  `${program} could not be started in ${startDir ?? homedir()} by ${userInfo().username} (${code}).`;

/** Its last 20 lines, secrets left out. */
async function endOf(path: string): Promise<string> {
  const tail = await logTail(path);
  return 'told' in tail ? tail.told.lines.join('\n') : '';
}

function launchService(label: string): Launch {
  const result = startService(label);
  return {
    ended: result.then(endedOf),
    output: async () => wordsOf(await result),
  };
}

function endedOf(result: CommandResult): Ended | null {
  switch (result.outcome) {
    case 'ok':
      return { exitCode: 0, signal: null };
    case 'exited':
      return { exitCode: result.code, signal: null };
    case 'signalled':
      return { exitCode: null, signal: result.signal };
    case 'timeout':
    case 'too-much-output':
      return { exitCode: null, signal: 'SIGKILL' };
    case 'missing':
    case 'refused':
      return null;
  }
}

function wordsOf(result: CommandResult): string {
  switch (result.outcome) {
    case 'ok':
    case 'exited':
      return `${result.stdout}${result.stderr}`.trim();
    case 'timeout':
      return 'The service manager did not answer within 30 s.';
    case 'too-much-output':
      return 'The service manager said more than 1 MiB.';
    case 'missing':
      return 'There is no service manager here.';
    case 'refused':
      return `The service manager could not be run (${result.code}).`;
    case 'signalled':
      return `The service manager was ended by ${result.signal}.`;
  }
}
