import { spawnSync } from 'node:child_process';
import { SetupError } from './project.mjs';

const PATIENCE_MS = 30_000;

export type Said = { readonly code: number; readonly stdout: string; readonly stderr: string };

/** Runs a tool of the service manager to its end. Throws a SetupError when it cannot be run or does not end. */
export function tool(file: string, args: readonly string[], env: NodeJS.ProcessEnv = process.env): Said {
  const { status, stdout, stderr, error } = spawnSync(file, args, { encoding: 'utf8', timeout: PATIENCE_MS, env });
  if (error !== undefined) throw new SetupError(`${file} could not be run: ${error.message}`);
  return { code: status ?? -1, stdout, stderr };
}

/** The same for what has to succeed: a SetupError quotes what it said. */
export function mustRun(file: string, args: readonly string[], env?: NodeJS.ProcessEnv): void {
  const { code, stdout, stderr } = tool(file, args, env);
  if (code === 0) return;
  throw new SetupError(
    `${file} ${args.join(' ')} failed with ${code}: ${stderr.trim() || stdout.trim() || 'it said nothing'}`,
  );
}
