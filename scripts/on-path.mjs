import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** @param {string} name of a program @param {NodeJS.ProcessEnv} env @returns {string | undefined} where the shell would find it */
export function onPath(name, env = process.env) {
  const places = (env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return places.map((folder) => join(folder, name)).find((path) => existsSync(path));
}
