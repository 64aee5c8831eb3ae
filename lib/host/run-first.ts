import { type CommandOptions, type CommandResult, runCommand } from './run-command.ts';

/** Runs the tool at the first of these places that has it: the PATH of a service is short. Never rejects. */
export async function runFirst(
  places: readonly string[],
  args: readonly string[],
  options: CommandOptions = {},
): Promise<CommandResult> {
  for (const place of places) {
    const result = await runCommand(place, args, options);
    if (result.outcome !== 'missing') return result;
  }
  return { outcome: 'missing' };
}
