import * as z from 'zod/mini';
import { PHONE_OUTAGE_VERDICTS, PHONE_OUTCOMES } from '#lib/domain/phone-sample.ts';
import { WINDOWS } from '#lib/domain/window.ts';

const epochMs = z.int();
const durationMs = z.number().check(z.nonnegative());

/** The phone's own name for itself: a UUID that it made. */
export const deviceIdSchema = z.string().check(z.regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/));

/** How many samples are handed in at once, at most. */
export const MOST_SAMPLES = 500;

export const phoneSampleSchema = z.object({
  at: epochMs,
  outcome: z.enum(PHONE_OUTCOMES),
  ms: durationMs.check(z.lte(60_000)),
});

/** `POST /api/phone/samples`. `sentAt` is the phone's clock, by which the samples' moments are put right. */
export const phoneSamplesRequestSchema = z.object({
  deviceId: deviceIdSchema,
  sentAt: epochMs,
  samples: z.array(phoneSampleSchema).check(z.minLength(1), z.maxLength(MOST_SAMPLES)),
});

/**
 * `accepted`: the samples' `at` that the phone may forget; the same again for the same again, and none where nobody can say yet
 * whose phone it is. They are kept, but those later than `sentAt`, and unless `isWanted` is false: it is the Mac itself that asks,
 * whose requests cross no tailnet, and it need not measure any more.
 */
export const phoneSamplesAnswerSchema = z.object({
  accepted: z.array(epochMs),
  isWanted: z.boolean(),
  servedAt: epochMs,
});

/** `GET /api/phone/history?window=…`: the line phone → Mac beside the line Mac → review server, in the same steps. */
export const phoneHistorySchema = z.object({
  window: z.enum(WINDOWS),
  from: epochMs,
  to: epochMs,
  bucketMs: durationMs,
  /** Only steps with samples. Latencies are of answered requests; absent where there was none. */
  buckets: z.array(
    z.object({
      at: epochMs,
      answered: z.int(),
      failed: z.int(),
      p50Ms: z.optional(durationMs),
      p95Ms: z.optional(durationMs),
    }),
  ),
  /** Over the whole window; null when nothing was answered in it. */
  latency: z.object({ p50Ms: z.nullable(durationMs), p95Ms: z.nullable(durationMs) }),
  /** Stretches in which a phone had no answer, newest first, at most 50. `to` is the last failure; null while it lasts. */
  outages: z.array(
    z.object({
      from: epochMs,
      to: z.nullable(epochMs),
      /** The name of the phone in the tailnet; null where it is not known. */
      device: z.nullable(z.string()),
      verdict: z.enum(PHONE_OUTAGE_VERDICTS),
      /** What was the matter, as a sentence that uses both vantage points. */
      sentence: z.string(),
    }),
  ),
  servedAt: epochMs,
});
export type PhoneHistory = z.infer<typeof phoneHistorySchema>;
