import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Everything the built app depends on: folders whole, files by name. */
const INPUTS = [
  'app',
  'components',
  'lib',
  'public',
  'worker',
  'instrumentation.ts',
  'proxy.ts',
  'next.config.js',
  'package-lock.json',
  'package.json',
  'postcss.config.mjs',
  'scripts/build.mjs',
  'scripts/card-assets.mjs',
  'scripts/csp-hashes.mjs',
  'scripts/strip-types-loader.mjs',
  'tsconfig.json',
];

/** What a build writes between its own inputs. */
const OUTPUTS = /^public\/((sw|workbox-.*|worker-.*|fallback-.*|swe-worker-.*)\.js$|card-assets\/)/;

/** @typedef {Record<string, { mtimeMs: number, size: number, hash: string }>} KnownFiles */

/**
 * Fingerprints the sources. A file of the same size and modification time as in `known` is not read again.
 *
 * @param {string} root
 * @param {KnownFiles} known files of an earlier fingerprint, by path
 * @returns {{ hash: string, files: KnownFiles }} equal hashes mean equal paths and contents, whatever the times
 */
export function fingerprintOf(root, known = {}) {
  /** @type {KnownFiles} */
  const files = {};
  for (const path of INPUTS.flatMap((input) => filesBelow(root, input)).sort()) {
    const { mtimeMs, size } = statSync(join(root, path));
    const before = known[path];
    const unchanged = before !== undefined && before.mtimeMs === mtimeMs && before.size === size;
    files[path] = { mtimeMs, size, hash: unchanged ? before.hash : sha256(readFileSync(join(root, path))) };
  }
  return { hash: sha256(JSON.stringify(Object.entries(files).map(([path, { hash }]) => [path, hash]))), files };
}

/** @param {string} root @param {string} path @returns {string[]} */
function filesBelow(root, path) {
  const full = join(root, path);
  if (!existsSync(full)) return [];
  if (statSync(full).isFile()) return OUTPUTS.test(path) ? [] : [path];
  return readdirSync(full)
    .filter((name) => !name.startsWith('.'))
    .flatMap((name) => filesBelow(root, `${path}/${name}`));
}

/** @param {string | Buffer} content */
function sha256(content) {
  return createHash('sha256').update(content).digest('hex');
}
