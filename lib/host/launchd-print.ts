import { isAbsolute, join } from 'node:path';
import type { Exit, Service } from '#lib/domain/host-facts.ts';
import { endedBy, wasExecuted } from './launchd-exit.ts';
import { wholeNumber } from './whole-number.ts';

type Fields = ReadonlyMap<string, string>;

/** Reads `launchctl print gui/UID/LABEL` (network reference §2.8). Null when it does not name the state. */
export function parseLaunchdPrint(text: string, label: string): Service | null {
  const fields = ownFields(text);
  const said = fields.get('state');
  if (said === undefined) return null;
  const lastExit = exitOf(fields);
  const state = stateOf(said, fields.get('job state'), lastExit);
  const pid = state === 'running' ? wholeNumber(fields.get('pid')) : undefined;
  const starts = wholeNumber(fields.get('runs'));
  const properties = fields.get('properties')?.split(' | ');
  const logPath = logPathOf(fields);
  return {
    manager: 'launchd',
    label,
    state,
    ...(pid === undefined ? {} : { pid }),
    ...(starts === undefined ? {} : { starts }),
    ...(lastExit === undefined ? {} : { lastExit }),
    ...(properties === undefined ? {} : { isKeptAlive: properties.includes('keepalive') }),
    ...(logPath === undefined ? {} : { logPath }),
  };
}

/**
 * The job's own `key = value` lines: those with exactly one leading tab. Blocks are passed over whole, since the
 * environment is one and an argument may hold any line. The first of a name counts.
 */
function ownFields(text: string): Fields {
  const fields = new Map<string, string>();
  let inBlock = false;
  for (const line of text.split('\n')) {
    if (inBlock) inBlock = line !== '\t}';
    else if (/^\t[^\t].* = \{$/.test(line)) inBlock = true;
    else addField(fields, line);
  }
  return fields;
}

function addField(fields: Map<string, string>, line: string): void {
  const [, key, value] = /^\t([^\t=]+) = (.*)$/.exec(line) ?? [];
  if (key !== undefined && value !== undefined && !fields.has(key)) fields.set(key, value.trim());
}

function stateOf(said: string, jobState: string | undefined, lastExit: Exit | undefined): Service['state'] {
  if (said === 'running') return 'running';
  if (jobState === 'spawn failed' || !wasExecuted(lastExit)) return 'spawn-failed';
  return said.startsWith('spawn') ? 'restarting' : 'stopped';
}

/** `1`, `78: EX_CONFIG`, `(never exited)`; instead of it `last terminating signal = Killed: 9`. */
function exitOf(fields: Fields): Exit | undefined {
  const signal = /: (\d{1,2})$/.exec(fields.get('last terminating signal') ?? '')?.[1];
  if (signal !== undefined) return endedBy(Number(signal));
  const code = /^(\d{1,3})(?::|$)/.exec(fields.get('last exit code') ?? '')?.[1];
  return code === undefined ? undefined : { code: Number(code) };
}

/** A relative path is relative to the job's working directory, which is `/` unless it says another. */
function logPathOf(fields: Fields): string | undefined {
  const path = fields.get('stderr path');
  if (path === undefined || path === '' || path === '/dev/null') return undefined;
  return isAbsolute(path) ? path : join(fields.get('working directory') ?? '/', path);
}
