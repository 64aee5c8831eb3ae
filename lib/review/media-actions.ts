import * as z from 'zod/mini';
import type { Action } from './anki-actions.ts';

// Source: review reference §1.4.

/** The absolute path, on the machine that Anki runs on, of the open collection's media directory. */
export const MEDIA_DIR_PATH: Action<string> = { action: 'getMediaDirPath', result: z.string() };

/** One file of the media directory in base64, false when it is not there. Anki's window waits while it is read. */
export const retrieveMediaFile = (filename: string): Action<string | false> => ({
  action: 'retrieveMediaFile',
  params: { filename },
  result: z.union([z.string(), z.literal(false)]),
});
