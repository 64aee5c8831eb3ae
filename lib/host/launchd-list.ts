import { isAbsolute } from 'node:path';
import type { Exit, Service } from '#lib/domain/host-facts.ts';
import { endedBy, wasExecuted } from './launchd-exit.ts';
import { wholeNumber } from './whole-number.ts';

/**
 * Reads `launchctl list LABEL`, an old-style property list whose own keys have one leading tab (network reference §2.8).
 * Null when it is not one of this label. It knows of no restart under way and not how often the job was started.
 */
export function parseLaunchdList(text: string, label: string): Service | null {
  const fields = new Map(text.split('\n').flatMap(ownField));
  if (fields.get('Label') !== label) return null;
  const pid = wholeNumber(fields.get('PID'));
  const lastExit = exitOf(wholeNumber(fields.get('LastExitStatus')));
  const logPath = fields.get('StandardErrorPath');
  const onDemand = fields.get('OnDemand');
  return {
    manager: 'launchd',
    label,
    state: pid !== undefined ? 'running' : wasExecuted(lastExit) ? 'stopped' : 'spawn-failed',
    ...(pid === undefined ? {} : { pid }),
    ...(lastExit === undefined ? {} : { lastExit }),
    ...(onDemand === undefined ? {} : { isKeptAlive: onDemand === 'false' }),
    // The folder that a relative path starts from is not told here.
    ...(logPath !== undefined && isAbsolute(logPath) && logPath !== '/dev/null' ? { logPath } : {}),
  };
}

/** `\t"Key" = "text";` or `\t"Key" = 256;`. Blocks (arguments, environment) have no value on their line. */
function ownField(line: string): readonly (readonly [string, string])[] {
  const [, key, quoted, bare] = /^\t"([^"]+)" = (?:"(.*)"|([\w-]+));$/.exec(line) ?? [];
  const value = quoted ?? bare;
  return key === undefined || value === undefined ? [] : [[key, value]];
}

/** A raw wait status: the signal in its lowest seven bits, else the exit code above eight. Zero also means "never ended". */
function exitOf(status: number | undefined): Exit | undefined {
  if (status === undefined || status === 0) return undefined;
  const signal = status & 0x7f;
  return signal === 0 ? { code: (status >> 8) & 0xff } : endedBy(signal);
}
