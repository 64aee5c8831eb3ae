import * as z from 'zod/mini';
import type { Health } from '#lib/domain/health.ts';
import { shortText } from '#lib/domain/short-text.ts';

const part = z.pipe(z.string(), z.transform(shortText));

/**
 * The body of the review server's `/health`. These four keys together are its fingerprint; a key more is no harm.
 * It comes with status 200 even when every part of it is an error.
 */
export const healthSchema = z.pipe(
  z.object({ server: part, anki_addon: part, ankiconnect: part, anki_running: part }),
  z.transform(
    (body): Health => ({
      server: body.server,
      ankiAddon: body.anki_addon,
      ankiConnect: body.ankiconnect,
      ankiRunning: body.anki_running,
    }),
  ),
);
