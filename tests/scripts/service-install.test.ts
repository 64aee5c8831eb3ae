import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { service, type World } from '#scripts/service-verbs.ts';
import { readPlist } from '#tests/support/read-plist.ts';
import { scriptedPath } from '#tests/support/scripted-path.ts';
import { canRunSystemd, type UserManager, userManager } from '#tests/support/user-manager.ts';

let home: string;
let said: string[];
let prepared: boolean[];
let isNewBuild: boolean;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'lifeline-home-'));
  said = [];
  prepared = [];
  isNewBuild = false;
  vi.stubEnv('XDG_CONFIG_HOME', undefined);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(home, { recursive: true });
});

async function run(args: readonly string[], world: Partial<World>): Promise<string> {
  said = [];
  await service(args, {
    platform: 'darwin',
    home,
    root: join(home, 'lifeline'),
    node: process.execPath,
    cwd: home,
    say: (text) => said.push(text),
    prepare: async (isRunning) => {
      prepared.push(isRunning);
      return isNewBuild;
    },
    settleMs: 0,
    ...world,
  });
  return said.join('\n');
}

describe('on a Mac', () => {
  /** Keeps what is loaded, as launchd does; a job that is told to go takes a moment. */
  const LAUNCHCTL = `echo "$*" >> "$0.asked"
case $1 in
  print) [ -e "$0.$(basename "$2")" ] || exit 113; printf 'x = {\\n\\tstate = running\\n\\tpid = 5151\\n}\\n' ;;
  bootstrap) [ -e "$0.$(basename "$3" .plist)" ] && exit 5; touch "$0.$(basename "$3" .plist)" ;;
  bootout) (sleep 0.2; rm -f "$0.$(basename "$2")") & ;;
esac`;
  let tools: string;
  beforeEach(async () => {
    tools = await scriptedPath({ launchctl: LAUNCHCTL, npm: '', netstat: 'exit 1', lsof: 'exit 1' });
    mkdirSync(join(home, 'lifeline'));
  });

  const asked = () => {
    const file = join(tools, 'launchctl.asked');
    const lines = existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
    rmSync(file, { force: true });
    return lines.filter((line) => !line.startsWith('print')).map((line) => line.replaceAll(home, '~'));
  };
  const agents = join('Library', 'LaunchAgents');
  const agent = (label: string) => readPlist(readFileSync(join(home, agents, `${label}.plist`), 'utf8'));
  const gui = `gui/${process.getuid?.()}`;

  test('Lifeline is installed once, with a job that rotates its log', async () => {
    const first = await run(['install'], {});
    expect(first).toContain('starts now and after every login');
    expect(first).toContain('Lifeline (io.lifeline.dashboard): running, pid 5151');
    expect(agent('io.lifeline.dashboard')).toMatchObject({
      ProgramArguments: [process.execPath, join(home, 'lifeline', 'scripts', 'start.mjs')],
      WorkingDirectory: join(home, 'lifeline'),
      KeepAlive: true,
      EnvironmentVariables: { PATH: expect.stringContaining(tools) },
    });
    expect(agent('io.lifeline.logs')).toMatchObject({ StartInterval: 3_600, ProcessType: 'Background' });
    expect(asked()).toEqual([
      `enable ${gui}/io.lifeline.dashboard`,
      `bootstrap ${gui} ~/${agents}/io.lifeline.dashboard.plist`,
      `enable ${gui}/io.lifeline.logs`,
      `bootstrap ${gui} ~/${agents}/io.lifeline.logs.plist`,
    ]);
    expect(statSync(join(home, 'Library', 'Logs', 'Lifeline')).isDirectory()).toBe(true);

    expect(await run(['install'], {})).toContain('installed already. Nothing to do.');
    expect(asked()).toEqual([]);
    expect(prepared).toEqual([false, true]);
  });

  test('a checkout that moved is installed from where it is now, after the old job is gone', async () => {
    await run(['install'], {});
    asked();
    const root = join(home, 'elsewhere');
    expect(await run(['install'], { root })).toContain('was started anew');
    expect(agent('io.lifeline.dashboard')).toMatchObject({ WorkingDirectory: root });
    expect(asked().slice(0, 3)).toEqual([
      `bootout ${gui}/io.lifeline.dashboard`,
      `enable ${gui}/io.lifeline.dashboard`,
      `bootstrap ${gui} ~/${agents}/io.lifeline.dashboard.plist`,
    ]);
  });

  test('a Lifeline that runs an older build is started anew', async () => {
    await run(['install'], {});
    asked();
    isNewBuild = true;
    expect(await run(['install'], {})).toContain('was started anew with the new build');
    expect(asked()).toEqual([`kickstart -k ${gui}/io.lifeline.dashboard`]);
  });

  test('a Lifeline that runs is started anew when the service to watch comes or goes', async () => {
    await run(['install'], {});
    expect(await run(['install', '--server', process.execPath], {})).toContain('Lifeline was started anew to read it');
    expect(asked()).toContain(`kickstart -k ${gui}/io.lifeline.dashboard`);
    expect(await run(['install', '--server', process.execPath], {})).not.toContain('anew');
    expect(await run(['uninstall', '--server'], {})).toContain('Lifeline was started anew to read it');
  });

  test('a job that is written but not loaded is loaded', async () => {
    await run(['install'], {});
    rmSync(join(tools, 'launchctl.io.lifeline.dashboard'));
    expect(await run(['install'], {})).toContain('was installed but not loaded; it is now');
  });

  test('the review server is started by its own command, and Lifeline is told to watch it', async () => {
    const args = ['install', '--server', `'${process.execPath}' "a & b" 'c%d'`, '--server-dir', 'lifeline'];
    expect(await run(args, {})).toContain('Added to');
    expect(agent('io.lifeline.review-server')).toMatchObject({
      ProgramArguments: [process.execPath, 'a & b', 'c%d'],
      WorkingDirectory: join(home, 'lifeline'),
    });
    expect(readFileSync(join(home, 'lifeline', '.env.local'), 'utf8')).toBe(
      'SERVICE_LABEL=io.lifeline.review-server\n',
    );
    expect(prepared).toEqual([]);
    expect(await run(args, {})).not.toContain('Added');
  });

  test('what is uninstalled is gone, the rotation of logs with the last, and nothing is fine too', async () => {
    await run(['install'], {});
    await run(['install', '--server', process.execPath], {});
    expect(await run(['uninstall'], {})).toContain('Lifeline is no service any more');
    expect(existsSync(join(home, agents, 'io.lifeline.logs.plist'))).toBe(true);
    expect(await run(['uninstall', '--server'], {})).toContain('Removed from');
    expect(existsSync(join(home, agents, 'io.lifeline.logs.plist'))).toBe(false);
    expect(await run(['uninstall'], {})).toBe('Lifeline was no service. Nothing to do.');
    expect(await run(['status'], {})).toBe(
      'Lifeline (io.lifeline.dashboard): not installed\nThe review server (io.lifeline.review-server): not installed',
    );
  });

  test('a checkout in Documents is refused with what to do, unless the person insists', async () => {
    const root = join(home, 'Documents', 'lifeline');
    const refusal = /is in your Documents folder[\s\S]*exit code 78 or 126[\s\S]*Move it/;
    await expect(run(['install'], { root })).rejects.toThrow(refusal);
    expect(existsSync(join(home, agents))).toBe(false);
    expect(await run(['install', '--dry-run'], { root })).toMatch(refusal);
    expect(await run(['install', '--anyway'], { root })).toMatch(/is in your Documents folder[\s\S]*starts now/);
  });

  test('a dry run shows what would be written and run, and does nothing', async () => {
    const shown = await run(['install', '--dry-run'], {});
    expect(shown).toContain('<string>io.lifeline.dashboard</string>');
    expect(shown).toContain(`launchctl bootstrap ${gui}`);
    await run(['uninstall', '--dry-run'], {});
    expect([existsSync(join(home, 'Library')), asked(), prepared]).toEqual([false, [], []]);
  });

  test('a launchd that refuses is quoted', async () => {
    await scriptedPath({
      launchctl:
        'case $1 in print) exit 113;; bootstrap) echo "Bootstrap failed: 5: Input/output error" >&2; exit 5;; esac',
    });
    await expect(run(['install'], {})).rejects.toThrow('Bootstrap failed: 5: Input/output error');
  });

  test('a line break in a path is refused before anything is written', async () => {
    await expect(run(['install'], { root: join(home, 'a\nb') })).rejects.toThrow('control character');
    expect(existsSync(join(home, agents))).toBe(false);
  });
});

test('another system is told that there is no service for it', async () => {
  await expect(run(['status'], { platform: 'win32' })).rejects.toThrow('no service for win32');
});

test('a Linux whose systemd cannot be asked says what to do, and nothing is written', async () => {
  await scriptedPath({ systemctl: 'echo "Failed to connect to bus: No medium found" >&2; exit 1' });
  await expect(run(['install'], { platform: 'linux' })).rejects.toThrow(/No medium found[\s\S]*enable-linger/);
  expect(existsSync(join(home, '.config'))).toBe(false);
  expect(await run(['status'], { platform: 'linux' })).toContain('cannot be told (Failed to connect to bus');
});

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
    await vi.waitFor(() => expect(told()).toMatchObject({ args: odd, cwd: folder }));
    expect(told().path).toContain('/usr/sbin');
    const second = await linux(args, { root });
    expect(second).toContain('Nothing to do');
    expect(/pid (\d+)/.exec(second)?.[1]).toBe(/pid (\d+)/.exec(first)?.[1]);
    const changed = await linux(['install', '--server', `${command} more`, '--server-dir', folder], { root });
    expect(changed).toContain('was started anew');
    await vi.waitFor(() => expect(told()).toMatchObject({ args: [...odd, 'more'] }));
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
    expect(prepared).toEqual([false]);
    expect(await linux(['status'])).toMatch(/its last run ended with 7[\s\S]*The review server .*: not installed/);
    await linux(['uninstall']);
    expect(await linux(['status'])).toContain('Lifeline (lifeline.service): not installed');
  });
});
