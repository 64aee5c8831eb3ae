import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, SetupError } from './project.mjs';
import { run, withoutTools } from './run.mjs';

const OLDEST_NODE = 20;

/** @typedef {{ version?: string, optional?: boolean, devOptional?: boolean }} Locked */

/**
 * Compares what npm noted in node_modules after its last complete install with the lockfile.
 *
 * @param {string} root the folder that holds package-lock.json
 * @returns {string | null} why an install is needed, or null when what is installed is what the lockfile says
 */
export function whyInstall(root) {
  const note = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(note)) return 'nothing is installed yet';
  if (!existsSync(node26(root))) return 'Node 26 is missing for this machine';
  const wanted = packagesOf(join(root, 'package-lock.json'));
  const found = packagesOf(note);
  for (const [path, { version, optional, devOptional }] of wanted) {
    const there = found.get(path);
    if (there ? there.version !== version : !(optional || devOptional)) return `${path} is not at ${version}`;
  }
  const extra = [...found.keys()].find((path) => !wanted.has(path));
  return extra === undefined ? null : `${extra} is no longer wanted`;
}

/** @param {string} file @returns {Map<string, Locked>} */
function packagesOf(file) {
  const { packages } = JSON.parse(readFileSync(file, 'utf8'));
  return new Map(Object.entries(packages).filter(([path, { link }]) => path !== '' && !link));
}

/** @param {string} root @returns {string} where the install puts the Node that runs everything */
export function node26(root) {
  return join(root, 'node_modules', '.bin', 'node');
}

/** Installs exactly what the lockfile says, when that is not there yet. Throws a SetupError when npm fails. */
async function ensureInstalled() {
  const major = Number.parseInt(process.versions.node, 10);
  if (major < OLDEST_NODE) {
    throw new SetupError(`Lifeline needs Node ${OLDEST_NODE} or newer to set itself up; this is ${process.version}.`);
  }
  const why = whyInstall(ROOT);
  if (why === null) return;
  console.log(`Installing (${why}) …`);
  const npm = ['ci', '--include=dev', '--include=optional', '--no-fund', '--no-audit', '--loglevel=error'];
  const { code } = await run('npm', npm, { env: withoutTools(process.env) }).catch((error) => {
    throw new SetupError(`npm could not be started (${error.message}). It comes with Node: is it in PATH?`);
  });
  if (code !== 0)
    throw new SetupError(`npm ci failed with exit code ${code}; what it said is above. Nothing was started.`);
  if (!existsSync(node26(ROOT))) {
    throw new SetupError(`There is no Node 26 for ${process.platform} on ${process.arch} among the dependencies.`);
  }
}

/**
 * Makes the rest of a program run on the installed Node 26: where this is another one, runs the same program again on it.
 *
 * @returns {Promise<number | null>} null on Node 26, else the exit code of the run on Node 26
 */
export async function onNode26() {
  await ensureInstalled();
  if (process.versions.node.startsWith('26.')) return null;
  const { code } = await run(node26(ROOT), process.argv.slice(1));
  return code;
}
