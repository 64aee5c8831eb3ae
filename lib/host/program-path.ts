import { readlink, realpath } from 'node:fs/promises';
import { runFirst } from './run-first.ts';

/**
 * The real path of the program that a process runs, links followed: what the Mac's firewall goes by, not the link of a
 * venv. Null where we may not see it, the process has ended or its file is gone. Never rejects.
 */
export async function programPath(pid: number, platform: NodeJS.Platform = process.platform): Promise<string | null> {
  const path = platform === 'linux' ? await ofLink(pid) : await ofPs(pid);
  if (path?.startsWith('/') !== true) return null;
  // The firewall would call a path that is not quite the program's "not part of the firewall".
  return realpath(path).catch(() => null);
}

/** An upgrade removes the file of a program that runs, and the link then says so. */
const ofLink = async (pid: number): Promise<string | undefined> =>
  (await readlink(`/proc/${pid}/exe`).catch(() => undefined))?.replace(/ \(deleted\)$/, '');

/** On a Mac `comm` is the whole path, which `-ww` keeps from being cut at the 79 columns of no terminal. */
async function ofPs(pid: number): Promise<string | undefined> {
  const result = await runFirst(['ps', '/bin/ps'], ['-ww', '-p', `${pid}`, '-o', 'comm=']);
  return result.outcome === 'ok' ? result.stdout.trim() : undefined;
}
