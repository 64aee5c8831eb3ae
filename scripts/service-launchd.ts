import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { SetupError } from './project.mjs';
import { type Identity, type Job, logFolder, logPath, searchPath } from './service-jobs.ts';
import { type Change, checkWords, type Manager, writeJob } from './service-manager.ts';
import { mustRun, tool } from './service-tool.ts';

const THROTTLE_S = 10;
/** A job that is booted out is given 5 s to end, then it is killed. */
const OUT_TRIES = 100;

/** LaunchAgents: run while this person is logged in, started again when they end. */
export function launchd(home: string): Manager {
  const domain = `gui/${process.getuid?.() ?? 0}`;
  const file = ({ label }: Identity): string => join(home, 'Library', 'LaunchAgents', `${label}.plist`);
  const isLoaded = ({ label }: Identity): boolean => tool('launchctl', ['print', `${domain}/${label}`]).code === 0;

  async function unload(job: Identity): Promise<void> {
    tool('launchctl', ['bootout', `${domain}/${job.label}`]);
    for (let tries = 0; tries < OUT_TRIES && isLoaded(job); tries += 1) await sleep(100);
    if (isLoaded(job))
      throw new SetupError(`launchd does not let go of ${job.label}. Log out and in again, then retry.`);
  }

  async function install(job: Job): Promise<Change> {
    checkWords(job);
    const wasLoaded = isLoaded(job);
    // launchd opens the log before it starts the job, and does not make its folder.
    mkdirSync(logFolder(home), { recursive: true, mode: 0o700 });
    const change = writeJob(file(job), plist(job, logPath(home, job)));
    if (change === 'unchanged' && wasLoaded) return 'unchanged';
    if (wasLoaded) await unload(job);
    // It stays disabled from `launchctl disable` or System Settings, whatever is installed.
    mustRun('launchctl', ['enable', `${domain}/${job.label}`]);
    mustRun('launchctl', ['bootstrap', domain, file(job)]);
    return change === 'unchanged' ? 'started' : change;
  }

  async function remove(job: Identity): Promise<boolean> {
    const [wasLoaded, isWritten] = [isLoaded(job), existsSync(file(job))];
    if (wasLoaded) await unload(job);
    rmSync(file(job), { force: true });
    return wasLoaded || isWritten;
  }

  return {
    file,
    text: (job) => plist(job, logPath(home, job)),
    commands: (job) => [`launchctl bootstrap ${domain} ${file(job)}`],
    install,
    restart: ({ label }) => mustRun('launchctl', ['kickstart', '-k', `${domain}/${label}`]),
    remove,
    log: (job) => logPath(home, job),
    advice: () => null,
  };
}

/** A property list as launchd.plist(5) wants it. No ProcessType for a server: `Background` would be throttled. */
export function plist(job: Job, log: string): string {
  const timing =
    job.every === undefined
      ? ['<key>KeepAlive</key>', '<true/>', '<key>ThrottleInterval</key>', `<integer>${THROTTLE_S}</integer>`]
      : ['<key>StartInterval</key>', `<integer>${job.every}</integer>`, ...entry('ProcessType', 'Background')];
  const lines = [
    ...entry('Label', job.label),
    '<key>ProgramArguments</key>',
    '<array>',
    ...job.command.map((word) => `\t${string(word)}`),
    '</array>',
    ...entry('WorkingDirectory', job.folder),
    '<key>EnvironmentVariables</key>',
    '<dict>',
    ...entry('PATH', searchPath(job)).map((line) => `\t${line}`),
    '</dict>',
    '<key>RunAtLoad</key>',
    '<true/>',
    ...timing,
    ...entry('StandardOutPath', log),
    ...entry('StandardErrorPath', log),
  ];
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
<dict>
${lines.map((line) => `\t${line}`).join('\n')}
</dict>
</plist>
`;
}

const entry = (key: string, value: string): readonly string[] => [`<key>${key}</key>`, string(value)];
const string = (text: string): string =>
  `<string>${text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')}</string>`;
