import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const SYSTEMD = '/lib/systemd/systemd';

/** Only root on a Linux with systemd's programs can run a systemd of its own, beside whatever runs the machine. */
export const canRunSystemd =
  process.platform === 'linux' &&
  process.getuid?.() === 0 &&
  existsSync(SYSTEMD) &&
  spawnSync('unshare', ['-m', 'sh', '-c', 'umount -R /sys/fs/cgroup; mount -t cgroup2 none /sys/fs/cgroup']).status ===
    0;

export type UserManager = {
  /** What `systemctl --user` needs to reach it. */
  readonly env: { readonly HOME: string; readonly XDG_RUNTIME_DIR: string };
  /** Writes a unit into its folder. */
  readonly unit: (name: string, text: string) => Promise<void>;
  /** Runs `systemctl --user`. */
  readonly systemctl: (...args: readonly string[]) => void;
  readonly stop: () => Promise<void>;
};

/** Its own control group, mounted where only it sees it, is removed when its input ends: also when the tests are killed. */
const PROGRAM = `
umount -R /sys/fs/cgroup; mount -t cgroup2 none /sys/fs/cgroup || exit 1
group=/sys/fs/cgroup/lifeline-$1
mkdir $group && echo $$ > $group/cgroup.procs || exit 1
${SYSTEMD} --user --log-target=null & manager=$!
cat > /dev/null
kill $manager; wait $manager
echo $$ > /sys/fs/cgroup/cgroup.procs
find $group -depth -type d -exec rmdir {} \\;
`;

/**
 * A real systemd of a user who has nothing but a home and a folder of sockets in the temporary files. `enter` is a command that
 * runs what follows it elsewhere, as `nsenter` does.
 */
export async function userManager(enter: readonly string[] = []): Promise<UserManager> {
  const folder = await mkdtemp(join(tmpdir(), 'systemd-'));
  const env = { HOME: join(folder, 'home'), XDG_RUNTIME_DIR: join(folder, 'run') };
  const units = join(env.HOME, '.config', 'systemd', 'user');
  await mkdir(units, { recursive: true });
  await mkdir(env.XDG_RUNTIME_DIR, { mode: 0o700 });
  const unit = (name: string, text: string) => writeFile(join(units, name), text);
  // Nothing of what the machine would start for a user.
  await unit('default.target', '[Unit]\nDefaultDependencies=no\n');
  const there = (...command: readonly string[]): readonly [string, readonly string[]] => {
    const [first = '', ...args] = [...enter, ...command];
    return [first, args];
  };
  const child = spawn(...there('unshare', '-m', 'sh', '-c', PROGRAM, 'manager', basename(folder)), {
    env: { ...process.env, ...env },
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  const systemctl = (...args: readonly string[]) =>
    spawnSync(...there('systemctl', '--user', ...args), { env: { ...process.env, ...env } });
  for (let tries = 0; tries < 100 && systemctl('show').status !== 0; tries += 1) await sleep(50);
  const stop = async () => {
    child.stdin.end();
    if (child.exitCode === null) await once(child, 'exit');
    await rm(folder, { recursive: true, force: true });
  };
  return { env, unit, systemctl: (...args) => void systemctl(...args), stop };
}
