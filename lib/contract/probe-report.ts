import * as z from 'zod/mini';
import { PHASES, REASONS, TARGET_KINDS } from '#lib/domain/probe.ts';
import { diagnosisSchema } from './diagnosis.ts';

const durationMs = z.number().check(z.nonnegative());

/** One live probe, as `GET /api/probe` tells it. A phase that is absent was never entered. */
export const probeReportSchema = z.object({
  startedAt: z.int(),
  target: z.object({ kind: z.enum(TARGET_KINDS), url: z.string() }),
  outcome: z.enum(['answered', 'failed']),
  /** HTTP status, where one was read. */
  status: z.optional(z.int()),
  /** Both are there when it failed, and only then. */
  failedIn: z.optional(z.enum(PHASES)),
  reason: z.optional(z.enum(REASONS)),
  timings: z.partialRecord(z.enum(PHASES), durationMs),
  totalMs: durationMs,
  /** Whether the phone app would have had this answer in time. */
  withinPatience: z.boolean(),
  diagnosis: diagnosisSchema,
});
export type ProbeReport = z.infer<typeof probeReportSchema>;
