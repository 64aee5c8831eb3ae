import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';

const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };
const TOP = new Set(readdirSync('.'));

const documents = ['README.md', ...markdownBelow('docs')];

function markdownBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => join(folder, file));
}

/** Links to files, and words in code that begin with a name of the top folder: `lib/probe`, `bench/run.ts`. */
function pathsIn(text: string, document: string): string[] {
  const links = [...text.matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g)].map(([, link]) =>
    join(dirname(document), link ?? ''),
  );
  const code = [...text.matchAll(/`([^`\n]+)`/g)].flatMap(([, words]) => (words ?? '').split(/[\s,]+/));
  const paths = code
    .map((word) => word.replace(/^\.\//, '').replace(/[.:;/]+$/, ''))
    .filter((word) => /^[\w.@-]+(\/[\w.@…*[\]-]+)+$/.test(word) && TOP.has(word.split('/')[0] ?? ''));
  return [...links, ...paths.filter((path) => !/[…*]/.test(path))];
}

/** What `npm run x`, `npm start` and `npm test` run. */
function commandsIn(text: string): string[] {
  return [...text.matchAll(/\bnpm (?:run (\w[\w-]*(?::[\w-]+)*)|(start|test)\b)/g)].map(
    ([, run, short]) => run ?? short ?? '',
  );
}

/** Folders and files of a tree drawn in a code block, each line `name   what it is for`. */
function treeIn(text: string): string[] {
  const tree = /```(?:tree)?\n(app\/[\s\S]*?)```/.exec(text)?.[1] ?? '';
  const paths: string[] = [];
  let parent = '';
  for (const line of tree.split('\n')) {
    const [, indent = '', name = ''] = /^( *)([\w.@-]+\/?)/.exec(line) ?? [];
    if (name === '') continue;
    if (indent === '') parent = name.endsWith('/') ? name : '';
    paths.push(indent === '' ? name : join(parent, name));
  }
  return paths;
}

describe.each(documents)('%s', (document) => {
  const text = readFileSync(document, 'utf8');

  test('names only files and folders that exist', () => {
    expect([...pathsIn(text, document), ...treeIn(text)].filter((path) => !existsSync(path))).toEqual([]);
  });

  test('names only commands that exist', () => {
    expect(commandsIn(text).filter((command) => !(command in scripts))).toEqual([]);
  });
});

test('the README is read in minutes: at most 150 lines, and shows its tree', () => {
  const text = readFileSync('README.md', 'utf8');
  expect(text.split('\n').length).toBeLessThanOrEqual(151);
  expect(treeIn(text)).toContain('lib/domain/');
});

test('every source folder of the tree is told in the README', () => {
  const told = new Set(treeIn(readFileSync('README.md', 'utf8')).map((path) => basename(path)));
  const folders = readdirSync('lib', { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(folders.map(({ name }) => name).filter((name) => !told.has(name))).toEqual([]);
});
