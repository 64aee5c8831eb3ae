import { type ChildProcess, execFile, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { missingNetworkTools } from '#scripts/network-tools.mjs';
import { type Program, programOf } from './machine-program.ts';

/** Only root on a Linux with its network tools can make machines out of namespaces. */
export const canMakeMachines =
  process.platform === 'linux' &&
  process.getuid?.() === 0 &&
  missingNetworkTools().length === 0 &&
  spawnSync('unshare', [...namespaces(), 'ip', 'link', 'set', 'lo', 'up']).status === 0;

/** A machine of its own as far as networks, processes and names go: every port is free, and it sees none but its own. */
export type Machine = {
  /** Its files, gone with it. */
  readonly folder: string;
  /** The command that runs what follows it in this machine. */
  readonly enter: readonly string[];
  /** Runs shell lines in it to their end; tells what they print. Rejects when they fail. */
  readonly sh: (lines: string) => Promise<string>;
  /** Puts Node into its folder under another name, by which its processes are told; tells the path. */
  readonly has: (name: string) => Promise<string>;
  /** Starts one of the tests' own programs in it, shown among its processes as `as`; resolves when the program is ready. */
  readonly run: (file: string, args?: readonly string[], options?: RunOptions) => Promise<Program>;
  /** What its `/etc/hosts` says beside localhost, and from now on. */
  readonly knows: (hosts: Readonly<Record<string, string>>) => Promise<void>;
  /** Gives it 100.64.0.7 at `tailscale0`, which leads to the other one's `tailscale0` with 100.64.0.9, or to nobody. */
  readonly link: (other: Machine | null) => Promise<void>;
  /** So many processes want to run in it, it says from now on, whatever the real machine does. */
  readonly hasLoad: (perMinute: number) => Promise<void>;
  readonly pid: number;
  /** Ends all that runs in it. */
  readonly stop: () => Promise<void>;
};

type RunOptions = { readonly as?: string; readonly env?: Readonly<Record<string, string>> };

const exec = promisify(execFile);
/** Programs are started by the dozen, and half of a start goes into compiling. */
const NODE_COMPILE_CACHE = join(process.cwd(), 'node_modules', '.cache', 'machines');

/** Its first process ends with its input, and everything in it with that: also when the tests are killed. */
const INIT = `
mount --bind "$1/hosts" /etc/hosts && mount --bind "$1/resolv.conf" /etc/resolv.conf || exit 1
mount --bind "$1/nsswitch.conf" /etc/nsswitch.conf && mount --bind "$1/loadavg" /proc/loadavg || exit 1
ip link set lo up || exit 1
echo ready
exec cat > /dev/null
`;

/** A machine without a network, whose names are in its hosts file or asked of 127.0.0.1. */
export async function startMachine(): Promise<Machine> {
  const folder = await mkdtemp(join(tmpdir(), 'machine-'));
  const file = (name: string, text: string) => writeFile(join(folder, name), text);
  const knows: Machine['knows'] = (hosts) =>
    file(
      'hosts',
      Object.entries({ localhost: '127.0.0.1', ...hosts }).reduce((text, [name, ip]) => `${text}${ip} ${name}\n`, ''),
    );
  await knows({});
  await file('resolv.conf', 'nameserver 127.0.0.1\noptions timeout:1 attempts:1\n');
  await file('nsswitch.conf', 'hosts: files dns\n');
  const hasLoad = (perMinute: number) => file('loadavg', `${perMinute.toFixed(2)} 0.10 0.10 1/100 1\n`);
  await hasLoad(0.1);
  const init = spawn('unshare', [...namespaces(), 'sh', '-c', INIT, 'init', folder], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const failed = once(init, 'exit').then(() => Promise.reject(new Error('the machine did not start')));
  await Promise.race([once(init.stdout, 'data'), failed]);
  failed.catch(() => undefined);
  const pid = init.pid ?? Number.NaN;
  const enter = [
    'nsenter',
    ...[`--net=/proc/${pid}/ns/net`, `--mount=/proc/${pid}/ns/mnt`, `--pid=/proc/${pid}/ns/pid_for_children`],
    ...['--', 'env', '-C', process.cwd()],
  ];
  const inside = (...command: readonly string[]) => [...enter.slice(1), ...command];
  const has = async (name: string) => {
    const bin = join(folder, name);
    await symlink(process.execPath, `${bin}.new`).then(() => rename(`${bin}.new`, bin));
    return bin;
  };
  const sh = async (lines: string) => (await exec('nsenter', inside('sh', '-c', `set -e\n${lines}`))).stdout;
  return {
    folder,
    enter,
    sh,
    knows,
    hasLoad,
    pid,
    has,
    run: async (program, args = [], { as = 'node', env = {} } = {}) => {
      const bin = await has(as);
      const child = spawn('nsenter', inside(bin, `tests/support/${program}`, ...args), {
        env: { ...process.env, NODE_COMPILE_CACHE, ...env },
        stdio: ['pipe', 'pipe', 'inherit'],
      });
      return programOf(child, (signal, pids) => sh(`kill -${signal} ${pids}`));
    },
    link: async (other) => {
      const end = other === null ? ['nobody'] : ['tailscale0', 'netns', `${other.pid}`];
      const ends = ['link', 'add', 'tailscale0', 'type', 'veth', 'peer', 'name', ...end];
      await exec('nsenter', [`--net=/proc/${pid}/ns/net`, 'ip', ...ends]);
      const up = (ip: string) => `ip address add ${ip}/10 dev tailscale0\nip link set tailscale0 up`;
      await Promise.all([sh(up('100.64.0.7')), other?.sh(up('100.64.0.9')) ?? sh('ip link set nobody up')]);
    },
    stop: () => stop(init, folder),
  };
}

function namespaces(): readonly string[] {
  return ['--net', '--mount', '--pid', '--fork', '--kill-child', '--mount-proc'];
}

async function stop(init: ChildProcess, folder: string): Promise<void> {
  init.stdin?.end();
  if (init.exitCode === null && init.signalCode === null) await once(init, 'exit');
  await rm(folder, { recursive: true, force: true });
}
