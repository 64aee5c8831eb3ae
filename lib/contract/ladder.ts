import * as z from 'zod/mini';
import { RUNG_STATES, RUNGS } from '#lib/domain/ladder.ts';

/** `at` is when the fact behind it was seen; null where there is none. */
export const ladderSchema = z.array(
  z.object({ rung: z.enum(RUNGS), state: z.enum(RUNG_STATES), detail: z.string(), at: z.nullable(z.int()) }),
);
