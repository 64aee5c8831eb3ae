import { homedir } from 'node:os';
import { join } from 'node:path';
import { ensureBuilt } from './build.mjs';
import { node26, onNode26 } from './install.mjs';
import { ROOT, runMain } from './project.mjs';
import { addressOf, checkAddressIsFree, withEnvFile } from './server-process.mjs';

const SETTLE_MS = 3_000;

/** @param {boolean} isRunning its own port is then taken by itself @returns whether there is a new build */
async function prepare(isRunning) {
  if (!isRunning)
    await checkAddressIsFree(addressOf(withEnvFile({ NODE_ENV: 'production' }, join(ROOT, '.env.local'))));
  return ensureBuilt();
}

await runMain(async () => {
  const elsewhere = await onNode26();
  if (elsewhere !== null) return elsewhere;
  const { service } = await import('./service-verbs.ts');
  await service(process.argv.slice(2), {
    platform: process.platform,
    home: homedir(),
    root: ROOT,
    node: node26(ROOT),
    // npm runs us in the folder of package.json, and tells where the person was.
    cwd: process.env['INIT_CWD'] ?? process.cwd(),
    say: (text) => console.log(text),
    prepare,
    settleMs: SETTLE_MS,
  });
});
