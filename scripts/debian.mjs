import { existsSync } from 'node:fs';
import { run } from './run.mjs';

/** @type {Promise<unknown>} One at a time: a second one would find the package database locked. */
let installing = Promise.resolve();

/**
 * Installs packages where that is one command, as root on Debian; elsewhere, or when it fails, nothing happens. Nothing that is
 * installed goes away for it.
 *
 * @param {string} title what is said to be installed
 * @param {readonly string[]} packages
 * @returns {Promise<unknown>}
 */
export function installPackages(title, packages) {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return installing;
  installing = installing.then(async () => {
    console.log(`Installing ${title} …`);
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    const install = ['install', '-y', '-qq', '--no-install-recommends', '--no-remove'];
    await run('apt-get', ['update', '-qq'], { env, quiet: true });
    await run('apt-get', [...install, ...packages], { env, quiet: true });
  });
  return installing;
}
