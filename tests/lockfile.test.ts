import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

type Locked = {
  readonly version: string;
  readonly os?: readonly string[];
  readonly cpu?: readonly string[];
  readonly libc?: readonly string[];
};
type Manifest = {
  readonly [key in 'dependencies' | 'devDependencies' | 'optionalDependencies']: Record<string, string>;
};

const read = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));
const manifest = read('package.json') as Manifest;
const { packages } = read('package-lock.json') as {
  packages: Record<string, Locked & { optionalDependencies?: Record<string, string> }>;
};

const PLATFORMS = [
  { os: 'linux', cpu: 'x64' },
  { os: 'linux', cpu: 'arm64' },
  { os: 'darwin', cpu: 'x64' },
  { os: 'darwin', cpu: 'arm64' },
] as const;

test('every dependency is pinned to one version', () => {
  const ranges = Object.entries({
    ...manifest.dependencies,
    ...manifest.devDependencies,
    ...manifest.optionalDependencies,
  });
  expect(ranges.filter(([, range]) => !/^(npm:@?[\w./-]+@)?\d+\.\d+\.\d+$/.test(range))).toEqual([]);
});

/** Packages that come as one per platform, by the package that wants them: those of its optional ones that name an OS. */
const families = Object.entries(packages)
  .map(([path, { optionalDependencies = {} }]) => ({
    wantedBy: path === '' ? 'lifeline' : path,
    members: Object.keys(optionalDependencies).map(
      (name) => packages[`${path}/node_modules/${name}`.replace(/^\//, '')] ?? packages[`node_modules/${name}`],
    ),
  }))
  .filter(({ members }) => members.filter((member) => member?.os).length > 1);

test('the lockfile knows packages that differ by platform', () => {
  expect(families.map(({ wantedBy }) => wantedBy)).toEqual(expect.arrayContaining(['lifeline', 'node_modules/next']));
});

test.each(families)('$wantedBy can be installed on Linux and macOS, Intel and ARM', ({ members }) => {
  const missing = PLATFORMS.filter(
    ({ os, cpu }) => !members.some((member) => member?.os?.includes(os) && (!member.cpu || member.cpu.includes(cpu))),
  );
  expect(missing).toEqual([]);
});

test('no package compiles itself at install', () => {
  const compiling = Object.entries(packages).filter(([path]) =>
    /node_modules\/(node-gyp|prebuild-install|better-sqlite3)$/.test(path),
  );
  expect(compiling).toEqual([]);
});
