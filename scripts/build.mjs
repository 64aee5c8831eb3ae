import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { writeCspHashes } from './csp-hashes.mjs';
import { fingerprintOf } from './fingerprint.mjs';
import { onNode26 } from './install.mjs';
import { ROOT, runMain, SetupError, STANDALONE } from './project.mjs';
import { run, withTools } from './run.mjs';

/** Written last, so it stands for a complete build; `next build` removes it first. */
const STAMP = join(ROOT, '.next', 'lifeline-build.json');

/** The frame of the cards comes first: `next build` lists what lies in public/. @type {readonly (readonly [string, ...string[]])[]} */
const STEPS = [
  ['node', '--disable-warning=ExperimentalWarning', 'scripts/card-assets.mjs'],
  ['next', 'build', '--webpack'],
];

/**
 * Builds the app when its sources are not those of the last build. Throws a SetupError when the build fails.
 *
 * @param {{ always?: boolean, gently?: boolean }} options `gently`: beside something that is not to be slowed down
 * @returns {Promise<boolean>} whether it was built
 */
export async function ensureBuilt({ always = false, gently = false } = {}) {
  const built = readStamp();
  const sources = fingerprintOf(ROOT, built.files);
  if (!always && built.hash === sources.hash) return false;
  console.log(built.hash === null ? 'Building …' : 'Building (the sources changed) …');
  await build(sources.hash, { quiet: !always, gently });
  writeFileSync(STAMP, JSON.stringify(sources));
  return true;
}

/** @returns {{ hash: string | null, files: import('./fingerprint.mjs').KnownFiles }} */
function readStamp() {
  if (!existsSync(STAMP) || !existsSync(join(STANDALONE, 'server.js'))) return { hash: null, files: {} };
  try {
    return JSON.parse(readFileSync(STAMP, 'utf8'));
  } catch {
    return { hash: null, files: {} };
  }
}

/** @param {string} hash of the sources: the same sources get the same build id, so their pages the same bytes @param {{ quiet: boolean, gently: boolean }} how */
async function build(hash, how) {
  const env = withTools({
    ...process.env,
    NODE_ENV: 'production',
    NEXT_TELEMETRY_DISABLED: '1',
    LIFELINE_BUILD_ID: hash.slice(0, 20),
  });
  for (const [command, ...args] of STEPS) {
    const { code, output } = await run(command, args, { env, ...how });
    if (code !== 0) throw new SetupError(`${output}\nThe build failed with exit code ${code}. Nothing was started.`);
  }
  cpSync(join(ROOT, '.next', 'static'), join(STANDALONE, '.next', 'static'), { recursive: true });
  if (existsSync(join(ROOT, 'public'))) cpSync(join(ROOT, 'public'), join(STANDALONE, 'public'), { recursive: true });
  writeCspHashes(join(ROOT, '.next', 'server', 'app'), join(STANDALONE, '.next', 'csp.json'));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await runMain(async () => {
    const elsewhere = await onNode26();
    if (elsewhere !== null) return elsewhere;
    await ensureBuilt({ always: true });
  });
}
