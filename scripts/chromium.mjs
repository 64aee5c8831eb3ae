import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { SetupError } from './project.mjs';
import { run } from './run.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const MAC_APPS = ['Google Chrome', 'Chromium', 'Microsoft Edge', 'Brave Browser'];

/**
 * Looks for a Chromium-family browser: `CHROME_BIN`, then PATH, then the usual folders of macOS.
 *
 * @param {NodeJS.ProcessEnv} env
 * @returns {string | null} its path
 */
export function findChromium(env = process.env) {
  const onPath = (env['PATH'] ?? '').split(delimiter).flatMap((folder) => NAMES.map((name) => join(folder, name)));
  const applications = ['/Applications', join(homedir(), 'Applications')];
  const apps = applications.flatMap((folder) =>
    MAC_APPS.map((app) => join(folder, `${app}.app/Contents/MacOS/${app}`)),
  );
  const candidates = [env['CHROME_BIN'] ?? '', ...onPath, ...(process.platform === 'darwin' ? apps : [])];
  return candidates.find((path) => path !== '' && existsSync(path)) ?? null;
}

/** Finds a browser for the browser tests, or installs one where that is one command. Throws a SetupError otherwise. */
export async function ensureChromium() {
  const found = findChromium();
  if (found !== null) return found;
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    console.log('Installing Chromium …');
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    await run('apt-get', ['update', '-qq'], { env, quiet: true });
    await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], { env, quiet: true });
  }
  const installed = findChromium();
  if (installed === null) {
    throw new SetupError('The browser tests need Chromium or Chrome. Install one, or name its program in CHROME_BIN.');
  }
  return installed;
}
