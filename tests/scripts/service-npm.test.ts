import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { lifelineJob, REVIEW_SERVER, searchPath } from '#scripts/service-jobs.ts';
import { npmFolders } from '#scripts/service-npm.ts';

let home: string;
beforeEach(() => {
  home = realpathSync(mkdtempSync(join(tmpdir(), 'lifeline-npm-')));
});
afterEach(() => rmSync(home, { recursive: true }));

function program(path: string): string {
  const file = join(home, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, '#!/bin/sh\necho "$0"\n');
  chmodSync(file, 0o755);
  return dirname(file);
}

describe('the npm that is in use when Lifeline is installed', () => {
  test('is found by its service, also where a version manager keeps it', () => {
    const bin = program('.nvm/versions/node/v22.1.0/bin/npm');
    program('.nvm/versions/node/v22.1.0/bin/node');
    const tools = npmFolders(`${join(home, 'empty')}:${bin}:/usr/bin`);
    const job = lifelineJob({
      node: join(home, 'lifeline/node_modules/.bin/node'),
      root: join(home, 'lifeline'),
      tools,
    });
    const { stdout } = spawnSync('/bin/sh', ['-c', 'command -v npm'], {
      env: { ...process.env, PATH: searchPath(job) },
      encoding: 'utf8',
    });
    expect(stdout.trim()).toBe(join(bin, 'npm'));
  });

  test('brings the folder of its Node, where that is another, each once', () => {
    const [npm, node] = [program('a/npm'), program('b/node')];
    expect(npmFolders(`${npm}:${node}:${npm}`)).toEqual([npm, node]);
  });

  test('is not looked for in the folder that fnm makes for one shell, but where that leads', () => {
    const bin = program('.local/share/fnm/node-versions/v22.1.0/installation/bin/npm');
    mkdirSync(join(home, 'fnm_multishells'));
    symlinkSync(dirname(bin), join(home, 'fnm_multishells', '4711_1'));
    expect(npmFolders(join(home, 'fnm_multishells', '4711_1', 'bin'))).toEqual([bin]);
  });

  test('stays by the name that outlives an update, where a package manager links it', () => {
    const bin = program('Cellar/node@22/22.1.0/bin/npm');
    mkdirSync(join(home, 'opt'));
    symlinkSync(dirname(bin), join(home, 'opt', 'node@22'));
    expect(npmFolders(join(home, 'opt', 'node@22', 'bin'))).toEqual([join(home, 'opt', 'node@22', 'bin')]);
  });

  test('changes nothing where every service looks anyway, and is nobody where there is none', () => {
    const job = { ...REVIEW_SERVER, command: ['/opt/x/node'], folder: '/' } as const;
    expect(searchPath({ ...job, tools: ['/usr/bin'] })).toBe(searchPath(job));
    expect(npmFolders(`${home}::.`)).toEqual([]);
  });
});
