import * as z from 'zod/mini';
import { CONFIDENCES, OS_NAMES } from '#lib/domain/diagnosis.ts';
import { causeSchema } from './cause.ts';

const epochMs = z.int();

export const diagnosisSchema = z.object({
  cause: causeSchema,
  confidence: z.enum(CONFIDENCES),
  /** Row of the decision table; null where the probe alone was enough to tell. */
  row: z.nullable(z.string()),
  /** How it came to this; null where nothing is known of that. */
  story: z.nullable(z.string()),
  headline: z.string(),
  explanation: z.string(),
  /** What the phone app shows; `code` is the NSURLError code, null when it shows none. Null when the app is fine. */
  appShows: z.nullable(z.object({ code: z.nullable(z.int()), text: z.string(), caption: z.string() })),
  /** The facts it was concluded from, the decisive first, each with the moment it was seen. `fact` is its name. */
  evidence: z.array(z.object({ fact: z.string(), text: z.string(), at: epochMs })),
  /** `command` is null for a thing done by hand. */
  remedies: z.array(z.object({ label: z.string(), os: z.enum(OS_NAMES), command: z.nullable(z.string()) })),
});
