import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { installPackages } from './debian.mjs';
import { onPath } from './on-path.mjs';
import { SetupError } from './project.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const DEBIANS = '/usr/bin/chromium';
const MAC_APPS = ['Google Chrome', 'Chromium', 'Microsoft Edge', 'Brave Browser'];

/**
 * Looks for a Chromium-family browser: `CHROME_BIN`, then PATH, then the usual folders of macOS.
 *
 * @param {NodeJS.ProcessEnv} env
 * @returns {string | null} its path
 */
export function findChromium(env = process.env) {
  const applications = ['/Applications', join(homedir(), 'Applications')];
  const apps = applications.flatMap((folder) =>
    MAC_APPS.map((app) => join(folder, `${app}.app/Contents/MacOS/${app}`)),
  );
  const candidates = [
    env['CHROME_BIN'],
    ...NAMES.map((name) => onPath(name, env)),
    ...(process.platform === 'darwin' ? apps : []),
  ];
  return candidates.find((path) => path && existsSync(path)) ?? null;
}

/**
 * Looks for Chromium without the windows that nobody sees, as Debian packs it: the same engine for half the work. It does not
 * keep frames of another origin in processes of their own.
 *
 * @param {NodeJS.ProcessEnv} env
 * @returns {string | null} its path
 */
export const findHeadlessShell = (env = process.env) => onPath('chromium-headless-shell', env) ?? null;

/** Finds a browser for the browser tests, or installs one where that is one command. Throws a SetupError otherwise. */
export async function ensureChromium() {
  const found = findChromium();
  if (found !== null && findHeadlessShell() !== null) return found;
  if (found === null || found === DEBIANS) await installPackages('Chromium', ['chromium', 'chromium-headless-shell']);
  const installed = findChromium();
  if (installed === null) {
    throw new SetupError('The browser tests need Chromium or Chrome. Install one, or name its program in CHROME_BIN.');
  }
  return installed;
}
