import * as z from 'zod/mini';
import type { Cause } from '#lib/domain/cause.ts';

/**
 * A cause by its id. The list itself stays out: a page may be older than the server it asks, and shows the words that come
 * with a cause it does not know.
 */
export const causeSchema = asCause(z.string());

/** The server sends no string here that is not one of its causes. */
function asCause(schema: z.ZodMiniString): z.ZodMiniType<Cause, string> {
  return schema as unknown as z.ZodMiniType<Cause, string>;
}
