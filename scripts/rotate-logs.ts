import { copyFileSync, existsSync, renameSync, statSync, truncateSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const LIMIT_BYTES = 5_000_000;

/**
 * Keeps a log of more than 5 MB as `.1`, what was that as `.2`, and begins it anew. Copied and emptied rather than renamed:
 * launchd opened it for appending and would go on writing into the renamed one.
 */
export function rotate(log: string): void {
  if (!existsSync(log) || statSync(log).size <= LIMIT_BYTES) return;
  if (existsSync(`${log}.1`)) renameSync(`${log}.1`, `${log}.2`);
  copyFileSync(log, `${log}.1`);
  truncateSync(log);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) process.argv.slice(2).forEach(rotate);
