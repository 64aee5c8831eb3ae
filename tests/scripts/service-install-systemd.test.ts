import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { World } from '#scripts/service-verbs.ts';
import { eventually } from '#tests/support/eventually.ts';
import { scriptedPath } from '#tests/support/scripted-path.ts';
import { serviceHome } from '#tests/support/service-home.ts';
import { canRunSystemd, type UserManager, userManager } from '#tests/support/user-manager.ts';

const home = serviceHome();
const { run } = home;

describe.skipIf(!canRunSystemd)('with a real systemd', () => {
  let systemd: UserManager;
  beforeAll(async () => {
    systemd = await userManager();
  });
  afterAll(() => systemd.stop());

  /** Tells what it was given, and goes on running. */
  const PROGRAM = `require('fs').writeFileSync('told.json', JSON.stringify({ args: process.argv.slice(2), path: process.env.PATH, cwd: process.cwd() })); setInterval(() => {}, 1000)`;
  const linux = async (args: readonly string[], world: Partial<World> = {}) => {
    await scriptedPath({ loginctl: 'echo no' });
    vi.stubEnv('XDG_RUNTIME_DIR', systemd.env.XDG_RUNTIME_DIR);
    vi.stubEnv('XDG_CONFIG_HOME', undefined);
    return run(args, { platform: 'linux', home: systemd.env.HOME, settleMs: 300, ...world });
  };

  test('every argument and folder arrives as it was given, and a second installation changes nothing', async () => {
    const folder = join(systemd.env.HOME, `it's 100% "odd" $HOME & \\co`);
    mkdirSync(folder);
    writeFileSync(join(folder, 'pro gram.cjs'), PROGRAM);
    const odd = ['a b', '', '"', "it's", '%h %%', `$HOME $\{HOME} $$`, '\\', '\\n', 'für', ';', '# --port=1', '--'];
    const command = [process.execPath, join(folder, 'pro gram.cjs'), ...odd]
      .map((word) => `"${word.replaceAll(/["\\]/g, '\\$&')}"`)
      .join(' ');
    const args = ['install', '--server', command, '--server-dir', folder];
    const root = systemd.env.HOME;
    const first = await linux(args, { root });
    expect(first).toMatch(/The review server \(lifeline-review-server\.service\): running, pid \d+\n/);
    expect(first).toContain('Added to');
    expect(first).toContain('loginctl enable-linger');
    const told = () => JSON.parse(readFileSync(join(folder, 'told.json'), 'utf8'));
    await eventually(() => expect(told()).toMatchObject({ args: odd, cwd: folder }));
    expect(told().path).toContain('/usr/sbin');
    const second = await linux(args, { root });
    expect(second).toContain('Nothing to do');
    expect(/pid (\d+)/.exec(second)?.[1]).toBe(/pid (\d+)/.exec(first)?.[1]);
    const changed = await linux(['install', '--server', `${command} more`, '--server-dir', folder], { root });
    expect(changed).toContain('was started anew');
    await eventually(() => expect(told()).toMatchObject({ args: [...odd, 'more'] }));
    expect(await linux(['uninstall', '--server'], { root })).toMatch(/no service any more[\s\S]*Removed from/);
    expect(await linux(['uninstall', '--server'], { root })).toContain('Nothing to do');
  });

  test('Lifeline is installed in its checkout, and one that cannot run is told with how it ended', async () => {
    const root = join(systemd.env.HOME, 'checkout');
    mkdirSync(join(root, 'scripts'), { recursive: true });
    writeFileSync(join(root, 'scripts', 'start.mjs'), 'process.exit(7)');
    const words = await linux(['install'], { root, settleMs: 1_500 });
    expect(words).toMatch(
      /Lifeline \(lifeline\.service\): it ended and is started again in a moment; its last run ended with 7/,
    );
    expect(words).toContain('journalctl --user -u lifeline.service');
    expect(home.prepared).toEqual([false]);
    expect(await linux(['status'])).toMatch(/its last run ended with 7[\s\S]*The review server .*: not installed/);
    await linux(['uninstall']);
    expect(await linux(['status'])).toContain('Lifeline (lifeline.service): not installed');
  });
});
