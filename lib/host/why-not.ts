import { shortText } from '#lib/domain/short-text.ts';
import type { Unknown } from '#lib/domain/told.ts';
import type { CommandResult } from './run-command.ts';

/** What a tool says when its own daemon, or the bus to it, is not there. */
const NO_DAEMON = /failed to connect to|not been booted with systemd/i;
const DENIED =
  /permission denied|access denied|insufficient permissions|operation not permitted|not privileged|must be root/i;

/** Why a tool that did not end well told nothing. What it said on its way out is quoted, at most 200 characters. */
export function whyNot(tool: string, result: Exclude<CommandResult, { outcome: 'ok' }>): Unknown {
  switch (result.outcome) {
    case 'missing':
      return { why: 'not-installed', detail: `${tool} is not installed` };
    case 'refused':
      return { why: 'not-permitted', detail: `${tool} could not be started (${result.code})` };
    case 'exited':
      return ofExit(tool, result);
    case 'timeout':
      return { why: 'silent', detail: `${tool} did not answer in time` };
    case 'signalled':
      return { why: 'silent', detail: `${tool} was ended by ${result.signal}` };
    case 'too-much-output':
      return { why: 'unreadable', detail: `${tool} said too much` };
  }
}

function ofExit(tool: string, { code, stdout, stderr }: Extract<CommandResult, { outcome: 'exited' }>): Unknown {
  const said = stderr.trim() || stdout.trim();
  const detail = shortText(said === '' ? `${tool} ended with ${code}` : said);
  // The bus comes first: "Failed to connect to bus: Operation not permitted" is a bus that is not ours to reach.
  if (NO_DAEMON.test(said)) return { why: 'not-running', detail };
  return { why: DENIED.test(said) ? 'not-permitted' : 'unreadable', detail };
}
