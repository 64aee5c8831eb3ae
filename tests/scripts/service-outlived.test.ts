import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { lifelineJob } from '#scripts/service-jobs.ts';
import { unitText } from '#scripts/service-systemd.ts';
import { eventually } from '#tests/support/eventually.ts';
import { canRunSystemd, type UserManager, userManager } from '#tests/support/user-manager.ts';

describe.skipIf(!canRunSystemd)('with a real systemd', () => {
  let systemd: UserManager;
  beforeAll(async () => {
    systemd = await userManager();
  });
  afterAll(() => systemd.stop());

  test('a server that Lifeline started lives on when Lifeline is started anew or stopped', async () => {
    const root = join(systemd.env.HOME, 'lifeline');
    mkdirSync(join(root, 'scripts'), { recursive: true });
    // Its first run starts a server as the button does; each run leaves a file that is named after it.
    writeFileSync(
      join(root, 'scripts', 'start.mjs'),
      `import { readdirSync, writeFileSync } from 'node:fs';
import { startDetached } from ${JSON.stringify(resolve('lib/host/start-detached.ts'))};
const isFirst = !readdirSync('.').includes('runs');
const options = { outputPath: 'start.log', folder: '.', env: process.env };
if (isFirst) writeFileSync('server', String((await startDetached(['sleep', '600'], options)).pid));
writeFileSync('runs', String(process.pid) + '\\n', { flag: 'a' });
setInterval(() => {}, 1000);`,
    );
    const runs = () =>
      readdirSync(root).includes('runs') ? readFileSync(join(root, 'runs'), 'utf8').trim().split('\n') : [];
    await systemd.unit('lifeline.service', unitText(lifelineJob({ node: process.execPath, root })));
    systemd.systemctl('daemon-reload');
    systemd.systemctl('start', 'lifeline.service');
    await eventually(() => expect(runs()).toHaveLength(1));
    const server = Number(readFileSync(join(root, 'server'), 'utf8'));
    onTestFinished(() => void (isAlive(server) && process.kill(server)));

    systemd.systemctl('restart', 'lifeline.service');
    await eventually(() => expect(runs()).toHaveLength(2));
    expect(isAlive(server)).toBe(true);
    systemd.systemctl('stop', 'lifeline.service');
    expect(runs().map(Number).map(isAlive)).toEqual([false, false]);
    expect(isAlive(server)).toBe(true);
  });
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
