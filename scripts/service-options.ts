import { parseArgs } from 'node:util';
import { SetupError } from './project.mjs';

export const VERBS = ['install', 'uninstall', 'status'] as const;

export type Options = {
  readonly verb: (typeof VERBS)[number];
  /** Whose service is meant. */
  readonly whose: 'lifeline' | 'server';
  /** How the review server is started, as the person wrote it. */
  readonly command?: string;
  readonly serverDir?: string;
  readonly isDryRun: boolean;
  /** Install although macOS protects the folder. */
  readonly anyway: boolean;
};

const USAGE = `npm run service -- install     Lifeline runs from the login on, and again when it ends
npm run service -- uninstall   … no more; its history and logs stay
npm run service -- status      what is installed, what runs, where the logs are

With --server it is the review server's service instead:
npm run service -- install --server '.venv/bin/uvicorn app.main:app --host 0.0.0.0 --port 8000' [--server-dir <folder>]
npm run service -- uninstall --server

--dry-run   show what would be written and run, and do nothing
--anyway    install although macOS protects the folder`;

/** Reads the arguments; a SetupError says what is wrong and how it is meant. */
export function readOptions(given: readonly string[]): Options {
  const { verb, values } = parsed(given);
  const { server: command, 'server-dir': serverDir } = values;
  if (serverDir !== undefined && command === undefined) throw new SetupError('--server-dir goes with --server.');
  if (verb === 'install' && command === '') throw new SetupError(`--server needs the command.\n\n${USAGE}`);
  return {
    verb,
    whose: command === undefined ? 'lifeline' : 'server',
    ...(command ? { command } : {}),
    ...(serverDir === undefined ? {} : { serverDir }),
    isDryRun: values['dry-run'],
    anyway: values.anyway,
  };
}

function parsed(given: readonly string[]) {
  // Only an installation needs to know the command.
  const args = given.flatMap((word, place) => (word === '--server' && isLast(given, place) ? ['--server='] : [word]));
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        server: { type: 'string' },
        'server-dir': { type: 'string' },
        'dry-run': { type: 'boolean', default: false },
        anyway: { type: 'boolean', default: false },
      },
    });
    const verb = VERBS.find((each) => each === positionals[0]);
    if (verb !== undefined && positionals.length === 1) return { verb, values };
    throw new SetupError(positionals[0] === undefined ? USAGE : `What is "${positionals.join(' ')}"?\n\n${USAGE}`);
  } catch (error) {
    if (error instanceof SetupError || !(error instanceof Error)) throw error;
    throw new SetupError(`${error.message}\n\n${USAGE}`);
  }
}

/** Nothing follows that could be its value. */
const isLast = (given: readonly string[], place: number): boolean => given[place + 1]?.startsWith('--') ?? true;
