import { existsSync, rmSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { userBus } from '#lib/host/systemd-unit.ts';
import { SetupError } from './project.mjs';
import { type Identity, type Job, searchPath } from './service-jobs.ts';
import { type Change, checkWords, type Manager, writeJob } from './service-manager.ts';
import { tool } from './service-tool.ts';

/** More than `DefaultStartLimitIntervalSec / DefaultStartLimitBurst`, 10 s / 5, so that systemd never gives up. */
const RESTART_S = 5;

/** User units: run from the login on, or from the start of the machine where lingering is on. */
export function systemd(home: string): Manager {
  const folder = join(process.env['XDG_CONFIG_HOME'] || join(home, '.config'), 'systemd', 'user');
  const file = ({ unit }: Identity): string => join(folder, unit);
  const ask = (...args: readonly string[]) => tool('systemctl', ['--user', ...args], { ...process.env, ...userBus() });
  const does = (...args: readonly string[]): void => {
    const { code, stderr } = ask(...args);
    if (code !== 0) throw new SetupError(`systemctl --user ${args.join(' ')} failed: ${stderr.trim()}`);
  };

  async function install(job: Job): Promise<Change> {
    checkWords(job);
    checkReachable(ask('show', '--property=Version'));
    const change = writeJob(file(job), unitText(job));
    const isUp = ask('is-active', job.unit).code === 0 && ask('is-enabled', job.unit).code === 0;
    if (change === 'unchanged' && isUp) return 'unchanged';
    does('daemon-reload');
    // A unit that failed too often is not started until that is forgotten.
    ask('reset-failed', job.unit);
    does('enable', job.unit);
    does('restart', job.unit);
    return change === 'unchanged' ? 'started' : change;
  }

  async function remove(job: Identity): Promise<boolean> {
    if (!existsSync(file(job))) return false;
    checkReachable(ask('show', '--property=Version'));
    does('disable', '--now', job.unit);
    rmSync(file(job), { force: true });
    does('daemon-reload');
    ask('reset-failed', job.unit);
    return true;
  }

  return {
    file,
    text: unitText,
    commands: ({ unit }) => ['systemctl --user daemon-reload', `systemctl --user enable --now ${unit}`],
    install,
    restart: ({ unit }) => does('restart', unit),
    remove,
    log: ({ unit }) => `journalctl --user -u ${unit}`,
    advice: lingering,
  };
}

function checkReachable({ code, stderr }: { readonly code: number; readonly stderr: string }): void {
  if (code === 0) return;
  throw new SetupError(
    `systemd cannot be asked for this user: ${stderr.trim()}\nLog in on the machine itself, or let your services run without a login: sudo loginctl enable-linger ${userInfo().username}`,
  );
}

function lingering(): string | null {
  const { username } = userInfo();
  const { code, stdout } = tool('loginctl', ['show-user', username, '--property=Linger', '--value']);
  if (code === 0 && stdout.trim() === 'yes') return null;
  return `It runs while you are logged in. To have it run from the start of the machine on: loginctl enable-linger ${username}`;
}

/** A session of its own does not take a server out of the control group of its starter, and systemd would end all of that. */
const ALONE = 'KillMode=process\n';

/** A unit as systemd.service(5) wants it; its output goes to the journal, which rotates by itself. */
export function unitText(job: Job): string {
  const [program, ...args] = job.command;
  return `[Unit]
Description=${specifiers(job.title)}

[Service]
ExecStart=${[quoted(program), ...args.map((word) => quoted(word.replaceAll('$', '$$$$')))].join(' ')}
WorkingDirectory=${specifiers(job.folder)}
Environment=${quoted(`PATH=${searchPath(job)}`)}
Restart=always
RestartSec=${RESTART_S}
${job.isOutlived ? ALONE : ''}
[Install]
WantedBy=default.target
`;
}

/** `%h` and its like are filled in everywhere; variables (`$HOME`) in arguments only. */
const specifiers = (text: string): string => text.replaceAll('%', '%%');
const quoted = (word: string): string =>
  `"${specifiers(word.replaceAll('\\', '\\\\').replaceAll('"', String.raw`\"`))}"`;
