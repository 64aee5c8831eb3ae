import * as z from 'zod/mini';

/** The one shape in which every route says what went wrong. */
export const errorSchema = z.object({ error: z.object({ code: z.string(), message: z.string() }) });
