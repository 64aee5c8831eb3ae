import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { installPackages } from './debian.mjs';
import { onPath } from './on-path.mjs';

/** The programs of WebKitGTK's tests, by path. @typedef {{ driver: string, browser: string, screen: string, bus: string }} WebKit */

const PACKAGES = ['webkit2gtk-driver', 'xvfb', 'dbus'];
const LIBRARIES = '/usr/lib';

/**
 * Looks for WebKitGTK's WebDriver and browser, for a screen and a message bus that need no desktop.
 *
 * @param {NodeJS.ProcessEnv} env
 * @returns {WebKit | null} null when one of the four is missing
 */
export function findWebKit(env = process.env) {
  const [driver, screen, bus] = ['WebKitWebDriver', 'Xvfb', 'dbus-daemon'].map((name) => onPath(name, env));
  const browser = miniBrowser();
  return driver && screen && bus && browser ? { driver, browser, screen, bus } : null;
}

/** It lies below a folder named after the processor, in one named after the version; the newest version is taken. */
function miniBrowser() {
  if (!existsSync(LIBRARIES)) return undefined;
  const places = readdirSync(LIBRARIES)
    .filter((name) => name.endsWith('-linux-gnu'))
    .map((name) => join(LIBRARIES, name));
  const versions = places.flatMap((place) =>
    readdirSync(place)
      .filter((name) => /^webkit(2)?gtk-[\d.]+$/.test(name))
      .map((name) => join(place, name, 'MiniBrowser')),
  );
  return versions
    .filter((path) => existsSync(path))
    .sort()
    .at(-1);
}

/**
 * Finds WebKitGTK, or installs it where that is one command. Never rejects for want of it: without it the tests in WebKit
 * are skipped, which is told.
 *
 * @returns {Promise<WebKit | null>}
 */
export async function ensureWebKit() {
  const found = findWebKit();
  if (found !== null) return found;
  await installPackages('WebKitGTK', PACKAGES);
  const installed = findWebKit();
  if (installed === null) {
    console.log(`There is no WebKitGTK here, so its tests are skipped. Debian has it in ${PACKAGES.join(', ')}.`);
  }
  return installed;
}
