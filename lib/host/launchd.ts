import type { Service } from '#lib/domain/host-facts.ts';
import type { Told } from '#lib/domain/told.ts';
import { parseLaunchdList } from './launchd-list.ts';
import { parseLaunchdPrint } from './launchd-print.ts';
import { type CommandResult, runCommand } from './run-command.ts';
import { whyNot } from './why-not.ts';

/** `launchctl error 113`: Could not find specified service; 112: Could not find specified domain (nobody is logged in). */
const NOT_FOUND: ReadonlySet<number> = new Set([112, 113]);

/**
 * What launchd says of a job of this user's GUI domain. Asks `print`, whose layout is nobody's promise, and where that
 * cannot be read the old `list`. Environments are in both answers; nothing of them is kept. Never rejects.
 */
export async function launchdService(label: string): Promise<Told<Service>> {
  const domain = `gui/${process.getuid?.() ?? 0}`;
  const printed = await runCommand('launchctl', ['print', `${domain}/${label}`]);
  if (isNotFound(printed)) return { told: await notLoaded(domain, label) };
  if (printed.outcome === 'ok') {
    const service = parseLaunchdPrint(printed.stdout, label);
    if (service !== null) return { told: service };
  }
  return askList(label, printed);
}

async function askList(label: string, printed: CommandResult): Promise<Told<Service>> {
  if (printed.outcome !== 'ok' && printed.outcome !== 'exited') return whyNot('launchctl', printed);
  const listed = await runCommand('launchctl', ['list', label]);
  if (listed.outcome !== 'ok') return whyNot('launchctl', listed);
  const service = parseLaunchdList(listed.stdout, label);
  return service === null
    ? { why: 'unreadable', detail: 'launchctl print and list are not as known' }
    : { told: service };
}

async function notLoaded(domain: string, label: string): Promise<Service> {
  const said = await runCommand('launchctl', ['print-disabled', domain]);
  const isDisabled = said.outcome === 'ok' && isDisabledIn(said.stdout, label);
  return { manager: 'launchd', label, state: isDisabled ? 'disabled' : 'not-loaded' };
}

/** `"LABEL" => disabled`, which was `=> true` before macOS 13. */
const isDisabledIn = (text: string, label: string): boolean =>
  text.split('\n').some((line) => {
    const [, name, value] = /^\s*"([^"]*)" => (\w+)/.exec(line) ?? [];
    return name === label && (value === 'disabled' || value === 'true');
  });

const isNotFound = (result: CommandResult): boolean => result.outcome === 'exited' && NOT_FOUND.has(result.code);
