import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder that holds package.json. */
export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));

/** What `next build` leaves to be run without the sources. */
export const STANDALONE = join(ROOT, '.next', 'standalone');

/** A fault the reader can mend, told in a sentence. It is printed without a stack. */
export class SetupError extends Error {}

/**
 * Runs a program's main function. A SetupError is told in its own words and ends the process with 1; any other error is
 * a bug and keeps its stack.
 *
 * @param {() => Promise<number | void>} main resolves to the exit code; nothing means 0
 */
export async function runMain(main) {
  try {
    process.exitCode = (await main()) ?? 0;
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}
