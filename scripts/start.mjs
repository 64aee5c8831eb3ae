import { join } from 'node:path';
import { ensureBuilt } from './build.mjs';
import { onNode26 } from './install.mjs';
import { ROOT, runMain } from './project.mjs';
import { run } from './run.mjs';
import { addressOf, checkAddressIsFree, serverCommand, withEnvFile } from './server-process.mjs';

/** Sets up what is missing, then becomes the server. What is watched and where to look, the server says itself. */
async function start() {
  const env = withEnvFile(process.env, join(ROOT, '.env.local'));
  await checkAddressIsFree(addressOf(env));
  await ensureBuilt();
  const server = serverCommand(env);
  // One process instead of two: less memory, and signals reach the server itself.
  if (process.execve) process.execve(server.file, [server.file, ...server.args], server.env);
  const { code } = await run(server.file, server.args, { env: server.env });
  return code;
}

await runMain(async () => {
  const elsewhere = await onNode26();
  if (elsewhere !== null) return elsewhere;
  if (!process.argv.includes('--demo')) return start();
  const { demo } = await import('./demo.ts');
  return demo(process.argv.slice(2).filter((argument) => argument !== '--demo'));
});
