import { existsSync, mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { readPlist } from '#tests/support/read-plist.ts';
import { scriptedPath } from '#tests/support/scripted-path.ts';
import { serviceHome } from '#tests/support/service-home.ts';

const home = serviceHome();
const { run } = home;

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
    mkdirSync(join(home.path, 'lifeline'));
  });

  const asked = () => {
    const file = join(tools, 'launchctl.asked');
    const lines = existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
    rmSync(file, { force: true });
    return lines.filter((line) => !line.startsWith('print')).map((line) => line.replaceAll(home.path, '~'));
  };
  const agents = join('Library', 'LaunchAgents');
  const agent = (label: string) => readPlist(readFileSync(join(home.path, agents, `${label}.plist`), 'utf8'));
  const gui = `gui/${process.getuid?.()}`;

  test('Lifeline is installed once, with a job that rotates its log', async () => {
    const first = await run(['install'], {});
    expect(first).toContain('starts now and after every login');
    expect(first).toContain('Lifeline (io.lifeline.dashboard): running, pid 5151');
    expect(agent('io.lifeline.dashboard')).toMatchObject({
      ProgramArguments: [process.execPath, join(home.path, 'lifeline', 'scripts', 'start.mjs')],
      WorkingDirectory: join(home.path, 'lifeline'),
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
    expect(statSync(join(home.path, 'Library', 'Logs', 'Lifeline')).isDirectory()).toBe(true);

    expect(await run(['install'], {})).toContain('installed already. Nothing to do.');
    expect(asked()).toEqual([]);
    expect(home.prepared).toEqual([false, true]);
  });

  test('a checkout that moved is installed from where it is now, after the old job is gone', async () => {
    await run(['install'], {});
    asked();
    const root = join(home.path, 'elsewhere');
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
    home.isNewBuild = true;
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
      WorkingDirectory: join(home.path, 'lifeline'),
    });
    expect(readFileSync(join(home.path, 'lifeline', '.env.local'), 'utf8')).toBe(
      'SERVICE_LABEL=io.lifeline.review-server\n',
    );
    expect(home.prepared).toEqual([]);
    expect(await run(args, {})).not.toContain('Added');
  });

  test('what is uninstalled is gone, the rotation of logs with the last, and nothing is fine too', async () => {
    await run(['install'], {});
    await run(['install', '--server', process.execPath], {});
    expect(await run(['uninstall'], {})).toContain('Lifeline is no service any more');
    expect(existsSync(join(home.path, agents, 'io.lifeline.logs.plist'))).toBe(true);
    expect(await run(['uninstall', '--server'], {})).toContain('Removed from');
    expect(existsSync(join(home.path, agents, 'io.lifeline.logs.plist'))).toBe(false);
    expect(await run(['uninstall'], {})).toBe('Lifeline was no service. Nothing to do.');
    expect(await run(['status'], {})).toBe(
      'Lifeline (io.lifeline.dashboard): not installed\nThe review server (io.lifeline.review-server): not installed',
    );
  });

  test('a checkout in Documents is refused with what to do, unless the person insists', async () => {
    const root = join(home.path, 'Documents', 'lifeline');
    const refusal = /is in your Documents folder[\s\S]*exit code 78 or 126[\s\S]*Move it/;
    await expect(run(['install'], { root })).rejects.toThrow(refusal);
    expect(existsSync(join(home.path, agents))).toBe(false);
    expect(await run(['install', '--dry-run'], { root })).toMatch(refusal);
    expect(await run(['install', '--anyway'], { root })).toMatch(/is in your Documents folder[\s\S]*starts now/);
  });

  test('a dry run shows what would be written and run, and does nothing', async () => {
    const shown = await run(['install', '--dry-run'], {});
    expect(shown).toContain('<string>io.lifeline.dashboard</string>');
    expect(shown).toContain(`launchctl bootstrap ${gui}`);
    await run(['uninstall', '--dry-run'], {});
    expect([existsSync(join(home.path, 'Library')), asked(), home.prepared]).toEqual([false, [], []]);
  });

  test('a launchd that refuses is quoted', async () => {
    await scriptedPath({
      launchctl:
        'case $1 in print) exit 113;; bootstrap) echo "Bootstrap failed: 5: Input/output error" >&2; exit 5;; esac',
    });
    await expect(run(['install'], {})).rejects.toThrow('Bootstrap failed: 5: Input/output error');
  });

  test('a line break in a path is refused before anything is written', async () => {
    await expect(run(['install'], { root: join(home.path, 'a\nb') })).rejects.toThrow('control character');
    expect(existsSync(join(home.path, agents))).toBe(false);
  });
});

test('another system is told that there is no service for it', async () => {
  await expect(run(['status'], { platform: 'win32' })).rejects.toThrow('no service for win32');
});

test('a Linux whose systemd cannot be asked says what to do, and nothing is written', async () => {
  await scriptedPath({ systemctl: 'echo "Failed to connect to bus: No medium found" >&2; exit 1' });
  await expect(run(['install'], { platform: 'linux' })).rejects.toThrow(/No medium found[\s\S]*enable-linger/);
  expect(existsSync(join(home.path, '.config'))).toBe(false);
  expect(await run(['status'], { platform: 'linux' })).toContain('cannot be told (Failed to connect to bus');
});
