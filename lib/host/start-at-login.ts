import { existsSync } from 'node:fs';
import { join } from 'node:path';

type Machine = {
  readonly platform: NodeJS.Platform;
  readonly home: string;
  readonly env: Readonly<Record<string, string | undefined>>;
};

/**
 * Whether Lifeline is installed to run from the login on: by the file that `npm run service -- install` leaves where launchd
 * or systemd looks at login. Null where neither is the system's. A file says nothing of whether it runs.
 */
export function startsAtLogin({ platform, home, env }: Machine): boolean | null {
  if (platform === 'darwin') return existsSync(join(home, 'Library', 'LaunchAgents', 'io.lifeline.dashboard.plist'));
  if (platform !== 'linux' || !existsSync('/run/systemd/system')) return null;
  const folder = join(env['XDG_CONFIG_HOME'] || join(home, '.config'), 'systemd', 'user');
  // What `systemctl --user enable` makes of `WantedBy=default.target`.
  return existsSync(join(folder, 'default.target.wants', 'lifeline.service'));
}
