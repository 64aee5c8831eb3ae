import * as z from 'zod/mini';
import { answeredSchema, gradeSchema, reviewCardSchema } from '#lib/contract/review.ts';
import { type OutboxEntry, STAGES } from '#lib/domain/review/outbox.ts';

/** A grade as both copies of the phone's list bear it. */
export const entrySchema: z.ZodMiniType<OutboxEntry> = z.object({
  grade: gradeSchema,
  label: z.string(),
  stage: z.enum(STAGES),
  answer: z.nullable(answeredSchema),
  settledAt: z.nullable(z.int()),
  isSeen: z.boolean(),
});

/** The cards that the phone holds for the time without the Mac; `deck` is the one they were asked for, null every deck. */
export const keptHandSchema = z.object({
  cards: z.array(reviewCardSchema),
  deck: z.nullable(z.string()),
  keptAt: z.int(),
  /** Those of its files that are kept beside it, with their sizes. */
  files: z.array(z.object({ name: z.string(), bytes: z.int(), keptAt: z.int() })),
});
export type KeptHand = z.infer<typeof keptHandSchema>;

/** One file of those cards. */
export const keptFileSchema = z.object({
  type: z.string(),
  bytes: z.instanceof(ArrayBuffer),
});
export type KeptFile = z.infer<typeof keptFileSchema>;

/** Those of the values that are what the schema says; others are of another version of this app, and left alone. */
export const readable = <T>(values: readonly unknown[], schema: z.ZodMiniType<T>): T[] =>
  values.flatMap((value) => {
    const read = z.safeParse(schema, value);
    return read.success ? [read.data] : [];
  });
