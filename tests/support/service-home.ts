import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, vi } from 'vitest';
import { service, type World } from '#scripts/service-verbs.ts';

export type ServiceHome = {
  /** A home folder that is new for each test. */
  path: string;
  /** Each time that a build was asked for: whether Lifeline ran then. */
  prepared: boolean[];
  /** What the build tells: whether it made anything new. */
  isNewBuild: boolean;
  /** Runs `npm run service` there, on a Mac unless told; tells what it said. */
  readonly run: (args: readonly string[], world: Partial<World>) => Promise<string>;
};

/** Prepares a home for every test of the file that calls this, and takes it away after. */
export function serviceHome(): ServiceHome {
  const home: ServiceHome = { path: '', prepared: [], isNewBuild: false, run: (args, world) => run(home, args, world) };
  beforeEach(() => {
    home.path = mkdtempSync(join(tmpdir(), 'lifeline-home-'));
    home.prepared = [];
    home.isNewBuild = false;
    vi.stubEnv('XDG_CONFIG_HOME', undefined);
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    rmSync(home.path, { recursive: true });
  });
  return home;
}

async function run(home: ServiceHome, args: readonly string[], world: Partial<World>): Promise<string> {
  const said: string[] = [];
  await service(args, {
    platform: 'darwin',
    home: home.path,
    root: join(home.path, 'lifeline'),
    node: process.execPath,
    cwd: home.path,
    say: (text) => said.push(text),
    prepare: async (isRunning) => {
      home.prepared.push(isRunning);
      return home.isNewBuild;
    },
    settleMs: 0,
    ...world,
  });
  return said.join('\n');
}
