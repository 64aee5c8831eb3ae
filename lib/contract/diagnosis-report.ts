import * as z from 'zod/mini';
import { APP_CODES } from '#lib/domain/facts.ts';
import { WHYS } from '#lib/domain/told.ts';
import { diagnosisSchema } from './diagnosis.ts';
import { ladderSchema } from './ladder.ts';

const epochMs = z.int();

/** `GET /api/diagnosis`: a deep look now, with the slow facts too, and what they come to. */
export const diagnosisReportSchema = z.object({
  servedAt: epochMs,
  /** What the person says the phone app shows; null when they did not say. */
  app: z.nullable(z.literal([...APP_CODES])),
  diagnosis: diagnosisSchema,
  ladder: ladderSchema,
  /** All that is known, whether or not it decided. */
  facts: z.array(z.object({ fact: z.string(), text: z.string(), at: epochMs })),
  /** What could not be looked at, and why. */
  blind: z.array(z.object({ what: z.string(), why: z.enum(WHYS), detail: z.string(), at: epochMs })),
});
export type DiagnosisReport = z.infer<typeof diagnosisReportSchema>;
