import type * as z from 'zod/mini';
import { shortText } from '#lib/domain/short-text.ts';
import type { DurationMs } from '#lib/domain/time.ts';
import type { Told, Unknown } from '#lib/domain/told.ts';
import { type CommandResult, runCommand } from './run-command.ts';
import { whyNot } from './why-not.ts';

/** The PATH of a service is short, and on a Mac the app brings its CLI inside itself. */
const PLACES = [
  'tailscale',
  '/Applications/Tailscale.app/Contents/MacOS/Tailscale',
  '/opt/homebrew/bin/tailscale',
  '/usr/local/bin/tailscale',
];

/**
 * Asks the CLI (TAILSCALE_BIN, else the first that is installed) for JSON of a shape. A whole number of more digits than a
 * number keeps arrives as text with all of them. Never rejects.
 */
export async function askTailscale<Schema extends z.ZodMiniType>(
  args: readonly string[],
  schema: Schema,
): Promise<Told<z.infer<Schema>>> {
  const result = await runTailscale(args);
  if (result.outcome !== 'ok') return whyTailscaleDidNot(result);
  try {
    return { told: schema.parse(JSON.parse(result.stdout, withAllDigits)) };
  } catch (error) {
    return { why: 'unreadable', detail: shortText(String(error)) };
  }
}

/** Where the CLI is looked for, in this order: TAILSCALE_BIN alone where it is set. */
export function tailscalePlaces(): readonly string[] {
  const own = process.env['TAILSCALE_BIN'];
  return own ? [own] : PLACES;
}

/** The Mac's app is its own CLI: it must not take us for a click on its icon. */
export const TAILSCALE_ENV = { TAILSCALE_BE_CLI: '1' };

/** Runs the CLI for what it says to people, for 3 s unless told. Never rejects. */
export async function runTailscale(args: readonly string[], patienceMs?: DurationMs): Promise<CommandResult> {
  const options = { env: TAILSCALE_ENV, ...(patienceMs === undefined ? {} : { patienceMs }) };
  for (const place of tailscalePlaces()) {
    const result = await runCommand(place, args, options);
    if (result.outcome !== 'missing') return result;
  }
  return { outcome: 'missing' };
}

/** Why the CLI did not tell, by its own sentences. `not-running` means that it found no daemon, not only no answer. */
export function whyTailscaleDidNot(result: Exclude<CommandResult, { outcome: 'ok' }>): Unknown {
  const unknown = whyNot('tailscale', result);
  if (result.outcome !== 'exited') return unknown;
  const said = `${result.stderr}\n${result.stdout}`;
  if (/permission denied|access denied/i.test(said)) return { ...unknown, why: 'not-permitted' };
  if (/which appears to be running/i.test(said)) return { ...unknown, why: 'silent' };
  if (/no match/i.test(said)) return { ...unknown, why: 'not-here' };
  return unknown;
}

function withAllDigits(_: string, value: unknown, { source }: { readonly source?: string } = {}): unknown {
  return Number.isInteger(value) && !Number.isSafeInteger(value) ? (source ?? value) : value;
}
