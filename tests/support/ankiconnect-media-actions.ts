import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import * as z from 'zod/mini';
import type { Collection } from './anki-collection.ts';
import { openCollection } from './anki-window.ts';
import { type Action, withParameters } from './ankiconnect-parameters.ts';

/** Actions on the media. Source: review reference §1.4, `retrieveMediaFile`. */
export const MEDIA_ACTIONS: Readonly<Record<string, Action>> = {
  getMediaDirPath: (window) => mediaDirOf(openCollection(window)),
  /** Base64, or false where there is no such file. */
  retrieveMediaFile: withParameters(
    z.object({ filename: z.string() }),
    (window, { filename }) =>
      openCollection(window).media.get(basename(filename).normalize('NFC'))?.toString('base64') ?? false,
  ),
};

/** The folder with the media as files, made where it is missing; it stays where it was first. */
export function mediaDirOf(collection: Collection): string {
  collection.mediaDir ??= join(tmpdir(), `collection.media-${randomUUID()}`);
  if (!existsSync(collection.mediaDir)) {
    mkdirSync(collection.mediaDir, { mode: 0o700 });
    made.set(collection, [...(made.get(collection) ?? []), collection.mediaDir]);
    for (const [name, bytes] of collection.media) writeFileSync(join(collection.mediaDir, name), bytes);
  }
  return collection.mediaDir;
}

/** Removes the folders that were made for a collection, and no other that it may have been given. */
export function removeMediaDir(collection: Collection): void {
  for (const folder of made.get(collection) ?? []) rmSync(folder, { recursive: true, force: true });
  made.delete(collection);
}

const made = new WeakMap<Collection, readonly string[]>();
