import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
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

/** The folder with the media as files, made at the first time; it goes with this process. */
export function mediaDirOf(collection: Collection): string {
  if (collection.mediaDir !== null) return collection.mediaDir;
  const folder = mkdtempSync(join(tmpdir(), 'collection.media-'));
  for (const [name, bytes] of collection.media) writeFileSync(join(folder, name), bytes);
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  collection.mediaDir = folder;
  return folder;
}
