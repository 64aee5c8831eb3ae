import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';

/** How a program that was started ended. One of the two is null. */
export type Ended = { readonly exitCode: number | null; readonly signal: string | null };

export type Started =
  | { readonly outcome: 'started'; readonly pid: number; readonly ended: Promise<Ended> }
  /** The system would not: there is no such program (`ENOENT`), or it may not be run (`EACCES`). */
  | { readonly outcome: 'not-started'; readonly code: string };

export type StartOptions = {
  /** What it prints is written here from the beginning, readable for this user only. */
  readonly outputPath: string;
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
};

/**
 * Starts a program that outlives this process: without a shell, in a session of its own, with its output in a file, so that
 * our end takes nothing away from it. Never rejects.
 */
export async function startDetached(
  [file = '', ...args]: readonly string[],
  { outputPath, folder, env }: StartOptions,
): Promise<Started> {
  let output: number;
  try {
    openSyncAnew(outputPath);
    // For appending: the file can be cut back while it is written.
    output = openSync(outputPath, 'a', 0o600);
  } catch (error) {
    return { outcome: 'not-started', code: codeOf(error) };
  }
  try {
    return await begin(spawn(file, args, { cwd: folder, env, detached: true, stdio: ['ignore', output, output] }));
  } catch (error) {
    return { outcome: 'not-started', code: codeOf(error) };
  } finally {
    closeSync(output);
  }
}

const openSyncAnew = (path: string): void => closeSync(openSync(path, 'w', 0o600));

function begin(child: ReturnType<typeof spawn>): Promise<Started> {
  return new Promise((resolve) => {
    const ended = new Promise<Ended>((over) => {
      child.once('exit', (exitCode, signal) => over({ exitCode, signal }));
    });
    child.once('error', (error) => resolve({ outcome: 'not-started', code: codeOf(error) }));
    child.once('spawn', () => {
      child.unref();
      resolve({ outcome: 'started', pid: child.pid ?? 0, ended });
    });
  });
}

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : 'unknown');
