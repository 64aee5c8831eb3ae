import * as z from 'zod/mini';
import { type Database, openDatabase } from '#lib/client/kept/database.ts';
import type { FrameMedia } from '#lib/contract/card-frame.ts';
import { keepCount } from './due-kept.ts';
import { type KeptFile, type KeptHand, keptFileSchema, keptHandSchema } from './stored.ts';

const HAND = 'hand';
const FILES = 'files';
/** The only record of its store. */
const NOW = 'now';

const NOTHING: KeptHand = { cards: [], deck: null, keptAt: 0, files: [] };

export const openKeptDatabase = (): Database => openDatabase('lifeline-hand', [HAND, FILES]);

/** The kept hand; an empty one where there is none that can be read. */
export async function readHand(database: Database): Promise<KeptHand> {
  const kept = await database.run((opened) => opened.get(HAND, NOW));
  const known = z.safeParse(keptHandSchema, kept?.value);
  return known.success ? known.data : NOTHING;
}

/** Writes the hand, and one file of it with it. Files that it does not name are removed. False where that was refused. */
export async function writeHand(
  database: Database,
  hand: KeptHand,
  file?: { readonly name: string; readonly kept: KeptFile },
): Promise<boolean> {
  const written = await database.run(async (opened) => {
    const change = opened.transaction([HAND, FILES], 'readwrite');
    const files = change.objectStore(FILES);
    const named = new Set(hand.files.map(({ name }) => name));
    const others = (await files.getAllKeys()).filter((key) => !named.has(String(key)));
    await Promise.all([
      ...others.map((key) => files.delete(key)),
      ...(file === undefined ? [] : [files.put(file.kept, file.name)]),
      change.objectStore(HAND).put(hand, NOW),
      change.done,
    ]);
  });
  if (written !== null) keepCount(hand.cards.length, hand.keptAt);
  return written !== null;
}

/** Those of the files that are kept, by name. */
export async function readFiles(
  database: Database,
  names: readonly string[],
): Promise<Readonly<Record<string, FrameMedia>>> {
  const kept = await database.run((opened) => Promise.all(names.map((name) => opened.get(FILES, name))));
  const files: Record<string, FrameMedia> = {};
  for (const [at, name] of names.entries()) {
    const file = z.safeParse(keptFileSchema, kept?.value[at]);
    if (file.success) files[name] = file.data;
  }
  return files;
}
