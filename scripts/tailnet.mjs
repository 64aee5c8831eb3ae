import { join } from 'node:path';
import { onNode26 } from './install.mjs';
import { ROOT, runMain } from './project.mjs';
import { addressOf, withEnvFile } from './server-process.mjs';

await runMain(async () => {
  const elsewhere = await onNode26();
  if (elsewhere !== null) return elsewhere;
  const [{ tailnet }, { reach }] = await Promise.all([import('./tailnet.ts'), import('./tailnet-reach.ts')]);
  const env = withEnvFile(process.env, join(ROOT, '.env.local'));
  await tailnet(process.argv.slice(2), {
    ...addressOf(env),
    token: env['LIFELINE_TOKEN']?.trim() || undefined,
    platform: process.platform,
    say: (text) => console.log(text),
    reach,
    isTerminal: process.stdout.isTTY === true,
  });
});
