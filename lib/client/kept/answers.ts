import * as z from 'zod/mini';
import type { EpochMs } from '#lib/domain/time.ts';
import { readText, writeText } from './kept-text.ts';
import { parsed } from './parsed.ts';

/**
 * When an answer of the Mac was made, three times that are never merged: what it tells was measured then, and it was sent then,
 * both by the Mac's clock; it arrived then, by the phone's.
 */
export type Times = { readonly measuredAt: EpochMs; readonly servedAt: EpochMs; readonly receivedAt: EpochMs };

/** An answer of the Mac as this phone keeps it; `url` is what was asked. */
export type Kept<T> = Times & { readonly url: string; readonly data: T };

/** Before the address of each answer in `localStorage`. */
export const KEPT_PREFIX = 'lifeline.kept:';

/** A kept answer as it was read; null where it is none, or not what this version of the page knows. */
export function readKept<T>(url: string, kept: unknown, schema: z.ZodMiniType<T>): Kept<T> | null {
  const shape = z.object({
    url: z.string(),
    data: schema,
    measuredAt: z.int(),
    servedAt: z.int(),
    receivedAt: z.int(),
  });
  const read = z.safeParse(shape, kept);
  return read.success && read.data.url === url ? read.data : null;
}

/** The answer that can be read at once, before anything is painted; null where there is none. What cannot be read goes. */
export function keptAtOnce<T>(url: string, schema: z.ZodMiniType<T>): Kept<T> | null {
  const text = readText(KEPT_PREFIX + url);
  const kept = text === null ? null : readKept(url, parsed(text), schema);
  if (text !== null && kept === null) writeText(KEPT_PREFIX + url, null);
  return kept;
}
