import { statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { serviceStatus } from '#lib/host/service.ts';
import { SetupError } from './project.mjs';
import { withoutTools } from './run.mjs';
import { resolveProgram, splitCommand } from './service-command.ts';
import { type Identity, type Job, LIFELINE, LOGS, lifelineJob, logsJob, REVIEW_SERVER } from './service-jobs.ts';
import { addServiceLabel, type LabelChange, removeServiceLabel } from './service-label.ts';
import { launchd } from './service-launchd.ts';
import type { Change, Manager } from './service-manager.ts';
import { npmFolders } from './service-npm.ts';
import { type Options, readOptions } from './service-options.ts';
import { checkPortIsFree } from './service-port.ts';
import { protectedPaths, protectedWords } from './service-protected.ts';
import { systemd } from './service-systemd.ts';
import { isRunning, statusWords } from './service-words.ts';

/** Where it runs, and what it may do there. */
export type World = {
  readonly platform: NodeJS.Platform;
  readonly home: string;
  /** This checkout. */
  readonly root: string;
  /** The Node that is to run Lifeline. */
  readonly node: string;
  /** From where relative paths are meant. */
  readonly cwd: string;
  readonly say: (text: string) => void;
  /** Builds Lifeline, so that it starts fast, and looks that its port is free unless it runs. Tells whether it was built anew. */
  readonly prepare: (isRunning: boolean) => Promise<boolean>;
  /** How long a service that was started is given before it is told how it is. */
  readonly settleMs: number;
};

/** Does what the arguments of `npm run service` say. Throws a SetupError that says what to do. */
export async function service(args: readonly string[], world: World): Promise<void> {
  const options = readOptions(args);
  const manager = managerOf(world);
  const meant = options.whose === 'lifeline' ? LIFELINE : REVIEW_SERVER;
  switch (options.verb) {
    case 'install':
      return install(options, manager, world);
    case 'uninstall':
      return uninstall(meant, { manager, world, isDryRun: options.isDryRun });
    case 'status':
      for (const each of [LIFELINE, REVIEW_SERVER]) world.say(await told(each, manager, world));
  }
}

function managerOf({ platform, home }: World): Manager {
  switch (platform) {
    case 'darwin':
      return launchd(home);
    case 'linux':
      return systemd(home);
    default:
      throw new SetupError(`There is no service for ${platform} here, only for launchd (macOS) and systemd (Linux).`);
  }
}

async function install(options: Options, manager: Manager, world: World): Promise<void> {
  const { platform, say } = world;
  const job = options.command === undefined ? ourJob(world) : serverJob(options.command, options.serverDir, world);
  const jobs = platform === 'darwin' ? [job, logsJob(world)] : [job];
  if (platform === 'darwin') checkPlaces(jobs, options, world);
  if (options.isDryRun) return say(jobs.map((each) => dryRun(each, manager)).join('\n'));

  const isNew = await prepare(job, options, world);
  const change = await installAll(jobs, { manager, isNew });
  say(changeWords(job, change, manager));
  if (change !== 'unchanged') await sleep(world.settleMs);
  say(await told(job, manager, world));
  if (options.whose === 'server') {
    if (change !== 'unchanged') say(NO_VARIABLES);
    await sayChange(addServiceLabel(envFile(world), nameOf(job, world)), manager, world);
  }
  const advice = manager.advice();
  if (advice !== null) say(advice);
}

/** Makes ready what is to run, unless something is in its way. Tells whether there is a new build of it. */
async function prepare(job: Job, { whose }: Options, world: World): Promise<boolean> {
  const runs = isRunning(await statusOf(job, world));
  if (whose === 'lifeline') return world.prepare(runs);
  // Its own port is then taken by itself.
  if (!runs) await checkPortIsFree(job.command, world.platform);
  return false;
}

const NO_VARIABLES =
  'It is given a PATH and none of the variables of your shell: keys and the like belong into a file that the command reads, such as uvicorn … --env-file .env';

/** What became of the first of them. One that runs an older build than there is now is started anew. */
async function installAll(jobs: readonly Job[], given: { manager: Manager; isNew: boolean }): Promise<Change> {
  const changes: Change[] = [];
  for (const each of jobs) changes.push(await given.manager.install(each));
  const [job, change = 'unchanged'] = [jobs[0], changes[0]];
  if (job === undefined || change !== 'unchanged' || !given.isNew) return change;
  given.manager.restart(job);
  return 'restarted';
}

/** Says what was changed in Lifeline's configuration, which it reads when it starts. */
async function sayChange(change: LabelChange | null, manager: Manager, world: World): Promise<void> {
  if (change === null) return;
  world.say(change.words);
  if (!change.isWritten || !isRunning(await statusOf(LIFELINE, world))) return;
  manager.restart(LIFELINE);
  world.say('Lifeline was started anew to read it.');
}

/** Refuses what macOS would not let launchd run, or only says so when nothing is done or the person insists. */
function checkPlaces(jobs: readonly Job[], { anyway, isDryRun }: Options, { home, say }: World): void {
  const found = new Set(jobs.flatMap((each) => protectedPaths(each, home)));
  if (found.size === 0) return;
  const words = protectedWords([...found], jobs[0]?.command[0] ?? '');
  if (!anyway && !isDryRun) throw new SetupError(words);
  say(words);
}

const envFile = ({ root }: World): string => join(root, '.env.local');

const ourJob = ({ node, root }: World): Job => lifelineJob({ node, root, tools: npmFolders(pathOfPerson()) });
/** PATH as the person has it. */
const pathOfPerson = (): string => withoutTools(process.env)['PATH'] ?? '';

/** The review server as its owner would start it, with nothing left for a shell or a login to fill in. */
function serverJob(command: string, serverDir: string | undefined, { home, cwd }: World): Job {
  const folder = resolve(cwd, serverDir ?? '.');
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) throw new SetupError(`${folder} is no folder.`);
  const [name = '', ...args] = splitCommand(command, home);
  const program = resolveProgram(name, { folder, path: pathOfPerson() });
  return { ...REVIEW_SERVER, command: [program, ...args], folder };
}

async function uninstall(meant: Identity, given: { manager: Manager; world: World; isDryRun: boolean }): Promise<void> {
  const { manager, world } = given;
  if (given.isDryRun) return world.say(`Would end ${meant.label} and remove ${manager.file(meant)}`);
  const wasThere = await manager.remove(meant);
  world.say(wasThere ? `${meant.title} is no service any more.` : `${meant.title} was no service. Nothing to do.`);
  if (wasThere) world.say(`Its log stays: ${manager.log(meant)}`);
  if (meant === REVIEW_SERVER) {
    await sayChange(removeServiceLabel(envFile(world), nameOf(meant, world)), manager, world);
  }
  const others = await Promise.all([LIFELINE, REVIEW_SERVER].map((each) => isThere(each, manager, world)));
  if (world.platform === 'darwin' && !others.includes(true)) await manager.remove(LOGS);
}

async function isThere(each: Identity, manager: Manager, world: World): Promise<boolean> {
  return (
    statSync(manager.file(each), { throwIfNoEntry: false }) !== undefined || isRunning(await statusOf(each, world))
  );
}

const nameOf = ({ label, unit }: Identity, { platform }: Pick<World, 'platform'>): string =>
  platform === 'darwin' ? label : unit;
const statusOf = (each: Identity, world: World) => serviceStatus(nameOf(each, world), world.platform);

async function told(each: Identity, manager: Manager, world: World): Promise<string> {
  const file = manager.file(each);
  const isWritten = statSync(file, { throwIfNoEntry: false }) !== undefined;
  const words = statusWords(await statusOf(each, world), isWritten);
  const head = `${each.title} (${nameOf(each, world)}): ${words}`;
  return isWritten ? `${head}\n  written in ${file}\n  log: ${manager.log(each)}` : head;
}

function changeWords(job: Job, change: Change, manager: Manager): string {
  switch (change) {
    case 'installed':
      return `Written: ${manager.file(job)}. ${job.title} starts now and after every login.`;
    case 'updated':
      return `Changed: ${manager.file(job)}. ${job.title} was started anew.`;
    case 'started':
      return `${job.title} was installed but not loaded; it is now.`;
    case 'restarted':
      return `${job.title} is installed already; it was started anew with the new build.`;
    case 'unchanged':
      return `${job.title} is installed already. Nothing to do.`;
  }
}

const dryRun = (job: Job, manager: Manager): string =>
  [`Would write ${manager.file(job)}:`, manager.text(job), 'and run:', ...manager.commands(job)].join('\n');
