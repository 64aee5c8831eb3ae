import { constants } from 'node:fs';
import { access, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { type DurationMs, MINUTE } from '#lib/domain/time.ts';
import type { AnkiConnectClient } from './anki-connect.ts';
import { callRead } from './call-read.ts';
import { MEDIA_DIR_PATH, retrieveMediaFile } from './media-actions.ts';
import { createMemory } from './memory.ts';

export type FoundMedia =
  /** A plain file; `path` is its real one, inside Anki's media directory. */
  | {
      readonly found: 'file';
      readonly path: string;
      readonly sizeBytes: number;
      /** Epoch ms, with fractions. */
      readonly modifiedAt: number;
    }
  /** Through AnkiConnect, where the directory cannot be read from here. */
  | { readonly found: 'bytes'; readonly bytes: Buffer }
  /** No plain name, not there, no plain file, or larger than any media should be. */
  | { readonly found: 'nothing' }
  /** Anki does not say where its media are. */
  | { readonly found: 'unreachable' };

export type Media = {
  /** Whether files are read from the directory or through AnkiConnect; null when Anki does not say. Never rejects. */
  readonly way: () => Promise<'directory' | 'api' | null>;
  /** The media file of a name, which may be hostile. Never rejects. */
  readonly find: (name: string) => Promise<FoundMedia>;
};

const LARGEST_BYTES = 268_435_456;
/** One that comes through AnkiConnect is held in memory, and holds up Anki's window while it is read. */
const LARGEST_BY_API_BYTES = 16_777_216;
const API_PATIENCE_MS = 5_000;

/**
 * The media of the open collection. Where they are is asked once a minute, since another profile has others; while Anki does
 * not say, they are where they were.
 */
export function createMedia(anki: AnkiConnectClient, now?: () => DurationMs): Media {
  const fresh = createMemory<string>(MINUTE, now);
  let last: string | null = null;
  let asking: Promise<void> | null = null;
  const ask = async (): Promise<void> => {
    const told = await callRead(() => anki.call(MEDIA_DIR_PATH));
    if (told.outcome === 'answered') last = told.value;
    if (last !== null) fresh.keep(DIRECTORY, last);
    asking = null;
  };
  const directory = async (): Promise<string | null> => {
    if (fresh.recall(DIRECTORY) === undefined) {
      // A card's files are asked for all at once, and each call holds up Anki's window.
      asking ??= ask();
      await asking;
    }
    return last;
  };
  return {
    way: async () => {
      const path = await directory();
      if (path === null) return null;
      return (await isReadable(path)) ? 'directory' : 'api';
    },
    find: async (given) => {
      const name = given.normalize('NFC');
      if (!isFileName(name)) return NOTHING;
      const path = await directory();
      if (path === null) return { found: 'unreachable' };
      return (await isReadable(path)) ? fileIn(path, name) : fileByApi(anki, name);
    },
  };
}

const DIRECTORY = 'directory';
const NOTHING = { found: 'nothing' } as const;

/** As long as a file system takes. */
const LONGEST_NAME_BYTES = 255;

const isFileName = (name: string): boolean =>
  name !== '' &&
  name !== '.' &&
  name !== '..' &&
  !/[/\\\0]/.test(name) &&
  basename(name) === name &&
  name.isWellFormed() &&
  Buffer.byteLength(name) <= LONGEST_NAME_BYTES;

/** Anki may run on another machine, whose paths mean nothing here. */
async function isReadable(directory: string): Promise<boolean> {
  try {
    await access(directory, constants.R_OK | constants.X_OK);
    return (await stat(directory)).isDirectory();
  } catch {
    return false;
  }
}

/** A link may lead to another file of the directory, never out of it. */
async function fileIn(directory: string, name: string): Promise<FoundMedia> {
  try {
    const [inside, path] = await Promise.all([realpath(directory), realpath(join(directory, name))]);
    if (dirname(path) !== inside) return NOTHING;
    const file = await stat(path);
    if (!file.isFile() || file.size > LARGEST_BYTES) return NOTHING;
    return { found: 'file', path, sizeBytes: file.size, modifiedAt: file.mtimeMs };
  } catch {
    return NOTHING;
  }
}

async function fileByApi(anki: AnkiConnectClient, name: string): Promise<FoundMedia> {
  const limits = { patienceMs: API_PATIENCE_MS, limitBytes: Math.ceil((LARGEST_BY_API_BYTES * 4) / 3) + 1_024 };
  const told = await callRead(() => anki.call(retrieveMediaFile(name), limits));
  if (told.outcome === 'too-large') return NOTHING;
  if (told.outcome !== 'answered') return { found: 'unreachable' };
  return told.value === false ? NOTHING : { found: 'bytes', bytes: Buffer.from(told.value, 'base64') };
}
