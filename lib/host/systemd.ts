import { readFile } from 'node:fs/promises';
import type { Service } from '#lib/domain/host-facts.ts';
import type { Told } from '#lib/domain/told.ts';
import { runCommand } from './run-command.ts';
import { parseSystemdShow } from './systemd-show.ts';
import { unitName, userBus } from './systemd-unit.ts';
import { whyNot } from './why-not.ts';

const PROPERTIES = [
  ...['LoadState', 'ActiveState', 'SubState', 'Result', 'UnitFileState', 'FragmentPath', 'Restart', 'NRestarts'],
  ...['MainPID', 'ExecMainCode', 'ExecMainStatus', 'ExecMainStartTimestamp', 'ExecMainExitTimestamp', 'StandardError'],
];

/** What the systemd of this user says of a unit. A bus that cannot be reached is unknown, never "not loaded". Never rejects. */
export async function systemdService(label: string): Promise<Told<Service>> {
  const unit = unitName(label);
  const args = ['--user', 'show', '--property', PROPERTIES.join(','), '--', unit];
  // Times are told in a zone by its short name, of which only UTC means one thing.
  const result = await runCommand('systemctl', args, { env: { ...userBus(), TZ: 'UTC' } });
  if (result.outcome !== 'ok') return whyNot('systemctl', result);
  const shown = parseSystemdShow(result.stdout, label);
  if (shown === null) return { why: 'unreadable', detail: 'systemctl show is not as known' };
  const logPath = shown.logsToFile ? await logPathIn(shown.unitFile) : undefined;
  return { told: { ...shown.service, ...(logPath === undefined ? {} : { logPath }) } };
}

/** systemd tells that errors go to a file, but only the unit's own file says to which. */
async function logPathIn(unitFile: string): Promise<string | undefined> {
  const text = await readFile(unitFile, 'utf8').catch(() => '');
  const path = [...text.matchAll(/^StandardError\s*=\s*(?:append|file|truncate):(\/.*?)\s*$/gm)].at(-1)?.[1];
  // With a specifier (`%h`) it is not a path yet.
  return path === undefined || path.includes('%') ? undefined : path;
}
