import { readlink, realpath } from 'node:fs/promises';
import { runFirst } from './run-first.ts';

/**
 * The real path of the program that a process runs, links followed: what the Mac's firewall goes by, not the link of a
 * venv. Null where we may not see it or the process has ended. Never rejects.
 */
export async function programPath(pid: number, platform: NodeJS.Platform = process.platform): Promise<string | null> {
  const path = platform === 'linux' ? await ofLink(pid) : await ofPs(pid);
  if (path?.startsWith('/') !== true) return null;
  return realpath(path).catch(() => path);
}

/** An upgrade removes the file of a program that runs, and the link then says so. */
const ofLink = async (pid: number): Promise<string | undefined> =>
  (await readlink(`/proc/${pid}/exe`).catch(() => undefined))?.replace(/ \(deleted\)$/, '');

/** On a Mac `comm` is the whole path. */
async function ofPs(pid: number): Promise<string | undefined> {
  const result = await runFirst(['ps', '/bin/ps'], ['-p', `${pid}`, '-o', 'comm=']);
  return result.outcome === 'ok' ? result.stdout.trim() : undefined;
}
