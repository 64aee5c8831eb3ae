import { realpathSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';
import { isProgram } from './service-command.ts';

/** fnm gives every shell a link of its own, which goes with the shell. */
const OF_ONE_SHELL = /\/fnm_multishells\//;

/**
 * The folders of the npm and the Node that are first in a PATH. `npm start` needs both to install what an update wants, and
 * nvm, fnm and Volta keep them where no service manager looks.
 */
export function npmFolders(path: string): readonly string[] {
  const folders = path.split(delimiter).filter(isAbsolute);
  const found = ['npm', 'node'].map((name) => folders.find((folder) => isProgram(join(folder, name))));
  return [...new Set(found.filter((folder) => folder !== undefined).map(lasting))];
}

/** By its given name where that lasts: a link may lead to the next version tomorrow. */
const lasting = (folder: string): string => (OF_ONE_SHELL.test(folder) ? realpathSync(folder) : folder);
