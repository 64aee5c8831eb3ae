import { cpSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { writeCspHashes } from '#scripts/csp-hashes.mjs';
import { STANDALONE } from '#scripts/project.mjs';

export type SecondBuild = {
  /** To be started in the place of `.next/standalone`. */
  readonly folder: string;
  readonly remove: () => void;
};

const TEXT = /\.(js|html|rsc|json|meta|body)$|BUILD_ID$/;
const HASHED_CHUNK = /static\/chunks\/.*[-.]([0-9a-f]{16})\.js$/;

/**
 * What a build of sources with other words would be, without the minute that one takes: a copy of the built app with another
 * build id and every `from` put as `to`, in which whatever changed has another name, and the pages' scripts other hashes.
 */
export async function secondBuild(id: string, words: Readonly<Record<string, string>>): Promise<SecondBuild> {
  const folder = await mkdtemp(join(tmpdir(), 'lifeline-second-build-'));
  cpSync(STANDALONE, folder, { recursive: true });
  const first = readFileSync(join(folder, '.next', 'BUILD_ID'), 'utf8').trim();
  const build = readTexts(folder);
  const before = new Map(build);
  for (const [from, to] of Object.entries({ ...words, [first]: id })) replaceAll(build, from, to);
  renameChanged(build, before);
  for (const [file, text] of build) if (text !== before.get(file)) writeFileSync(file, text);
  renameFiles(folder, build, before);
  writeCspHashes(join(folder, '.next', 'server', 'app'), join(folder, '.next', 'csp.json'));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

type Texts = Map<string, string>;

function readTexts(folder: string): Texts {
  const files = [
    join(folder, 'server.js'),
    ...filesBelow(join(folder, '.next')),
    ...readdirSync(join(folder, 'public')).map((name) => join(folder, 'public', name)),
  ];
  return new Map(files.filter((file) => TEXT.test(file)).map((file) => [file, readFileSync(file, 'utf8')]));
}

const filesBelow = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((path) => join(folder, path));

function replaceAll(build: Texts, from: string, to: string): void {
  for (const [file, text] of build) if (text.includes(from)) build.set(file, text.replaceAll(from, to));
}

const otherHash = (hash: string): string => [...hash].toReversed().join('');

/** A chunk is held under the hash in its name for ever, so one that changed needs another; so do those that then name it anew. */
function renameChanged(build: Texts, before: Texts): void {
  const renamed = new Set<string>();
  for (let isStable = false; !isStable; ) {
    isStable = true;
    for (const [file, text] of build) {
      const hash = HASHED_CHUNK.exec(file)?.[1];
      if (hash === undefined || renamed.has(hash) || text === before.get(file)) continue;
      renamed.add(hash);
      replaceAll(build, hash, otherHash(hash));
      isStable = false;
    }
  }
}

function renameFiles(folder: string, build: Texts, before: Texts): void {
  for (const file of filesBelow(join(folder, '.next', 'static'))) {
    const hash = HASHED_CHUNK.exec(file)?.[1];
    if (hash !== undefined && build.get(file) !== before.get(file))
      renameSync(file, join(dirname(file), basename(file).replace(hash, otherHash(hash))));
  }
}
