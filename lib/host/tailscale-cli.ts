import type * as z from 'zod/mini';
import { shortText } from '#lib/domain/short-text.ts';
import { type CommandResult, runCommand } from './run-command.ts';

/** Why the tailscale CLI could not tell. It proves nothing about the tailnet. */
type Why =
  | 'not-installed' // no CLI in any of the usual places
  | 'not-permitted' // the system or the daemon refused us
  | 'not-running' // no daemon answered the CLI
  | 'silent' // no answer in time
  | 'unreadable'; // an answer that is not as documented

export type Unknown = { readonly why: Why; readonly detail: string };

/** The PATH of a service is short, and on a Mac the app brings its CLI inside itself. */
const PLACES = [
  'tailscale',
  '/Applications/Tailscale.app/Contents/MacOS/Tailscale',
  '/opt/homebrew/bin/tailscale',
  '/usr/local/bin/tailscale',
];

/** Asks the CLI (TAILSCALE_BIN, else the first that is installed) for JSON of a shape. Never rejects. */
export async function askTailscale<Schema extends z.ZodMiniType>(
  args: readonly string[],
  schema: Schema,
): Promise<{ readonly told: z.infer<Schema> } | Unknown> {
  const result = await runFirst(args);
  if (result.outcome !== 'ok') return whyNot(result);
  try {
    return { told: schema.parse(JSON.parse(result.stdout)) };
  } catch (error) {
    return { why: 'unreadable', detail: shortText(String(error)) };
  }
}

async function runFirst(args: readonly string[]): Promise<CommandResult> {
  const own = process.env['TAILSCALE_BIN'];
  // The Mac's app is its own CLI: it must not take us for a click on its icon.
  const env = { TAILSCALE_BE_CLI: '1' };
  for (const place of own ? [own] : PLACES) {
    const result = await runCommand(place, args, { env });
    if (result.outcome !== 'missing') return result;
  }
  return { outcome: 'missing' };
}

function whyNot(result: Exclude<CommandResult, { outcome: 'ok' }>): Unknown {
  switch (result.outcome) {
    case 'missing':
      return { why: 'not-installed', detail: 'tailscale is not installed' };
    case 'refused':
      return { why: 'not-permitted', detail: `tailscale could not be started (${result.code})` };
    case 'exited':
      return ofExit(result.stderr);
    case 'timeout':
      return { why: 'silent', detail: 'tailscale did not answer in time' };
    case 'signalled':
      return { why: 'silent', detail: `tailscale was ended by ${result.signal}` };
    case 'too-much-output':
      return { why: 'unreadable', detail: 'tailscale said more than 1 MiB' };
  }
}

/** The CLI's own sentences, which name the daemon it could not reach or the right it lacks. */
function ofExit(stderr: string): Unknown {
  const detail = shortText(stderr.trim());
  const denied = /permission denied|access denied/i.test(stderr);
  if (denied) return { why: 'not-permitted', detail };
  return { why: /failed to connect to local/i.test(stderr) ? 'not-running' : 'unreadable', detail };
}
