import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { SetupError } from './project.mjs';
import type { Identity, Job } from './service-jobs.ts';

/** What became of an installation. */
export type Change = 'installed' | 'updated' | 'started' | 'restarted' | 'unchanged';

/** launchd or systemd, as far as a person's own services go. All throw a SetupError with what the manager said. */
export type Manager = {
  /** Where the job is written. */
  readonly file: (job: Identity) => string;
  readonly text: (job: Job) => string;
  /** What would be run, as one would type it. */
  readonly commands: (job: Identity) => readonly string[];
  /** Writes it and makes it run, now and after every login. */
  readonly install: (job: Job) => Promise<Change>;
  /** Ends it and starts it again. */
  readonly restart: (job: Identity) => void;
  /** Ends it and removes it; false when there was nothing. */
  readonly remove: (job: Identity) => Promise<boolean>;
  /** How to read its log. */
  readonly log: (job: Identity) => string;
  /** What a person may still have to do for it to run after a restart without a login; null for nothing. */
  readonly advice: () => string | null;
};

/** Writes a job where its manager looks for it. */
export function writeJob(file: string, text: string): Extract<Change, 'installed' | 'updated' | 'unchanged'> {
  const before = existsSync(file) ? readFileSync(file, 'utf8') : null;
  if (before === text) return 'unchanged';
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text, { mode: 0o644 });
  return before === null ? 'installed' : 'updated';
}

/** Neither a property list nor a unit can hold a line break or another control character in a path or an argument. */
export function checkWords({ command, folder, tools = [] }: Job): void {
  const bad = [...command, folder, ...tools].find((word) => /\p{Cc}/u.test(word));
  if (bad !== undefined) throw new SetupError(`${JSON.stringify(bad)} has a control character in it.`);
}
