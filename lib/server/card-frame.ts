import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';

/** All that a card is shown with, in one document: a frame of an opaque origin gets nothing from the service worker. */
type CardFrame = {
  readonly html: string;
  /** `sha256-…` of the scripts that may run in it: its own, and that of the formulas. */
  readonly scriptHashes: readonly string[];
};

/** The build leaves them there, and the server runs beside them: see scripts/card-assets.mjs. */
const FOLDER = 'public/card-assets';

const aboutSchema = z.object({ scriptHashes: z.array(z.string().check(z.regex(/^sha256-[\w+/=]+$/))) });

let known: CardFrame | null = null;

/** The document of the card frame; null while it is not built. */
export function cardFrame(): CardFrame | null {
  if (known === null || process.env.NODE_ENV === 'development') known = read();
  return known;
}

function read(): CardFrame | null {
  try {
    const { scriptHashes } = aboutSchema.parse(JSON.parse(readFileSync(join(FOLDER, 'frame.json'), 'utf8')));
    return { html: readFileSync(join(FOLDER, 'frame.html'), 'utf8'), scriptHashes };
  } catch {
    return null;
  }
}
