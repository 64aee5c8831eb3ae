import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { SetupError } from './project.mjs';

/** Words of a command, each with what it was between: a word that was quoted is never taken for more than text. */
const WORD = /\s*((?:[^\s'"\\]|\\.|'[^']*'|"(?:[^"\\]|\\.)*")+)/gsy;
const PIECE = /'([^']*)'|"((?:[^"\\]|\\.)*)"|\\(.)|([^\s'"\\]+)/gs;
const FOR_A_SHELL = /[|&;<>`]|\$[({\w]/;

/**
 * Splits a command into its arguments: at blanks, but not within '…' (all as it is) or "…" (`\"` and `\\` stand for the
 * second character); elsewhere a backslash takes the next character as it is, and `~/` at the beginning of a word is `home`.
 * No shell reads it, so what only a shell understands is refused with a SetupError, as is a quote that does not end.
 */
export function splitCommand(text: string, home: string): readonly string[] {
  const words: string[] = [];
  WORD.lastIndex = 0;
  let end = 0;
  for (let found = WORD.exec(text); found !== null; found = WORD.exec(text)) {
    words.push(wordOf(found[1] ?? '', home));
    end = WORD.lastIndex;
  }
  if (text.slice(end).trim() !== '') throw new SetupError(`A quote or a backslash in the command has no end: ${text}`);
  if (words.length === 0) throw new SetupError('The command of the review server is empty.');
  return words;
}

function wordOf(raw: string, home: string): string {
  const pieces = [...raw.matchAll(PIECE)].map(([, single, double, escaped, bare]) => {
    if (bare !== undefined && FOR_A_SHELL.test(bare)) throw new SetupError(forAShell(bare));
    return single ?? double?.replaceAll(/\\(["\\])/g, '$1') ?? escaped ?? bare ?? '';
  });
  return raw.startsWith('~/') ? join(home, pieces.join('').slice(2)) : pieces.join('');
}

const forAShell = (word: string): string =>
  `The command is run without a shell, and "${word}" is for a shell. Name the program and its arguments only; its folder goes into --server-dir, and text that looks like that into quotes.`;

/** The absolute path of a program, by its path within the folder or through PATH; a SetupError says where it was looked for. */
export function resolveProgram(
  name: string,
  { folder, path }: { readonly folder: string; readonly path: string },
): string {
  const places = name.includes('/')
    ? [resolve(folder, name)]
    : path
        .split(delimiter)
        .filter(Boolean)
        .map((each) => resolve(folder, each, name));
  const found = places.find(isProgram);
  if (found !== undefined) return found;
  const where = name.includes('/')
    ? `${places[0]} is no program that can be executed`
    : `none of the folders in PATH has it`;
  throw new SetupError(`There is no program "${name}": ${where}. Give its path, such as .venv/bin/uvicorn.`);
}

/** Whether there is a file that this user may execute. */
export function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
