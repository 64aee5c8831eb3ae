import { realpathSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import type { Job } from './service-jobs.ts';

/** What macOS asks a person for before a program may look into it (TCC); a job of launchd has nobody to ask. */
const PROTECTED: readonly (readonly [path: string, name: string])[] = [
  ['Documents', 'your Documents folder'],
  ['Desktop', 'your Desktop'],
  ['Downloads', 'your Downloads folder'],
  ['Library/Mobile Documents', 'iCloud Drive'],
  ['Library/CloudStorage', 'a cloud drive'],
];

/** The paths of a job that lie where launchd's jobs may not look, each in a sentence that says where; links are followed. */
export function protectedPaths({ command, folder }: Job, home: string): readonly string[] {
  const paths = new Set([folder, ...command.filter((word) => isAbsolute(word))]);
  return [...paths].flatMap((path) => {
    const name = [path, realPath(path)].map((each) => protectedBy(each, home)).find((each) => each !== undefined);
    return name === undefined ? [] : [`${path} is in ${name}`];
  });
}

/** The file systems of macOS do not tell upper from lower case. */
function protectedBy(path: string, home: string): string | undefined {
  const given = `${path}/`.toLowerCase();
  return PROTECTED.find(([within]) =>
    [home, realPath(home)].some((each) => given.startsWith(`${join(each, within)}/`.toLowerCase())),
  )?.[1];
}

function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

/** Why such a job would not run, and what to do. */
export const protectedWords = (found: readonly string[], program: string): string =>
  [
    ...found.map((each) => `${each}.`),
    'macOS protects that folder: what launchd starts there fails with exit code 78 or 126, or with "Operation not permitted".',
    'Move it to a folder of your home, such as ~/lifeline, and install again from there.',
    `Or give Full Disk Access to ${program} (System Settings → Privacy & Security) and install with --anyway.`,
  ].join('\n');
