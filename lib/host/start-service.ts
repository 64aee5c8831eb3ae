import { homedir, userInfo } from 'node:os';
import { join } from 'node:path';
import type { DurationMs } from '#lib/domain/time.ts';
import { type CommandResult, runCommand } from './run-command.ts';
import { unitName, userBus } from './systemd-unit.ts';

/** A service manager waits for what it starts. */
const PATIENCE_MS: DurationMs = 30_000;
/** launchctl's own code for a service it does not know. Source: network reference §2.8. */
const NOT_LOADED = 113;

/** The commands that start a service anew, the first one first; the rest are for a service that is not loaded. */
export function serviceCommands(label: string, platform: NodeJS.Platform = process.platform): readonly string[][] {
  if (platform !== 'darwin') return [['systemctl', '--user', 'restart', unitName(label)]];
  const domain = `gui/${userInfo().uid}`;
  const job = `${domain}/${label}`;
  const plist = join(homedir(), 'Library', 'LaunchAgents', `${label}.plist`);
  return [
    ['launchctl', 'kickstart', '-k', job],
    // One that is disabled is not loaded: "Bootstrap failed: 5: Input/output error".
    ['launchctl', 'enable', job],
    ['launchctl', 'bootstrap', domain, plist],
    // Without -k: RunAtLoad may have started it already, and that run is not to be ended.
    ['launchctl', 'kickstart', job],
  ];
}

/** Starts a service anew, ending it first where it runs; one that launchd does not know is enabled and loaded. Never rejects. */
export async function startService(
  label: string,
  platform: NodeJS.Platform = process.platform,
): Promise<CommandResult> {
  const [first = [], ...rest] = serviceCommands(label, platform);
  let result = await run(first);
  if (result.outcome !== 'exited' || result.code !== NOT_LOADED) return result;
  for (const command of rest) {
    result = await run(command);
    if (result.outcome !== 'ok') return result;
  }
  return result;
}

const run = ([file = '', ...args]: readonly string[]): Promise<CommandResult> =>
  runCommand(file, args, { patienceMs: PATIENCE_MS, env: userBus() });
