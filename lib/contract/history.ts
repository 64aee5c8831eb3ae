import * as z from 'zod/mini';
import { CAUSES, GAP_REASONS } from '#lib/domain/cause.ts';
import { CONFIDENCES } from '#lib/domain/diagnosis.ts';
import { RUN_OUTCOMES } from '#lib/domain/note.ts';
import { PHASES } from '#lib/domain/probe.ts';
import { WINDOWS } from '#lib/domain/window.ts';
import { uptimeSchema } from './status.ts';

const epochMs = z.int();
const durationMs = z.number().check(z.nonnegative());

const chapterSchema = z.object({
  at: epochMs,
  /** Null while it lasts. */
  to: z.nullable(epochMs),
  /** One of the two is null: a cause, or why nobody looked. */
  cause: z.nullable(z.enum(CAUSES)),
  gap: z.nullable(z.enum(GAP_REASONS)),
  headline: z.string(),
});

/** What was concluded and what was done, at its moment. */
const noteSchema = z.union([
  z.object({
    kind: z.literal('diagnosis'),
    at: epochMs,
    cause: z.enum(CAUSES),
    row: z.nullable(z.string()),
    confidence: z.enum(CONFIDENCES),
    story: z.nullable(z.string()),
    evidence: z.array(z.string()),
  }),
  z.object({
    kind: z.literal('remedy'),
    at: epochMs,
    command: z.string(),
    outcome: z.enum(RUN_OUTCOMES),
    exitCode: z.nullable(z.int()),
    upAfterMs: z.nullable(durationMs),
    output: z.string(),
  }),
]);

/** An incident as lists tell it. */
const incidentSummarySchema = z.object({
  id: z.string(),
  startedAt: epochMs,
  confirmedAt: epochMs,
  endedAt: z.nullable(epochMs),
  endUnseen: z.boolean(),
  level: z.enum(['degraded', 'down']),
  cause: z.enum(CAUSES),
  headline: z.string(),
  explanation: z.string(),
  chapters: z.array(chapterSchema),
});
export type IncidentSummary = z.infer<typeof incidentSummarySchema>;

export const incidentSchema = z.object({
  ...incidentSummarySchema.shape,
  /** From its first failure to a minute after its end, in order of time. */
  notes: z.array(noteSchema),
});
export type IncidentView = z.infer<typeof incidentSchema>;

/** A latency figure or phase that is absent was not measured in that bucket. */
export const bucketSchema = z.object({
  at: epochMs,
  readyMs: durationMs,
  degradedMs: durationMs,
  downMs: durationMs,
  gapMs: durationMs,
  count: z.int(),
  p05Ms: z.optional(durationMs),
  p50Ms: z.optional(durationMs),
  p95Ms: z.optional(durationMs),
  p99Ms: z.optional(durationMs),
  maxMs: z.optional(durationMs),
  /** Mean of each phase over the answered probes that entered it. */
  phasesMs: z.optional(z.partialRecord(z.enum(PHASES), durationMs)),
  /** Probes per cause other than `healthy`. */
  causes: z.partialRecord(z.enum(CAUSES), z.int()),
});
export type BucketView = z.infer<typeof bucketSchema>;

export const historySchema = z.object({
  window: z.enum(WINDOWS),
  from: epochMs,
  to: epochMs,
  bucketMs: durationMs,
  uptime: uptimeSchema,
  /** Over the whole window, of answered probes. */
  latency: z.object({ p50Ms: z.nullable(durationMs), p95Ms: z.nullable(durationMs) }),
  buckets: z.array(bucketSchema),
  /** Newest first, those that touch the window, at most 100. */
  incidents: z.array(incidentSummarySchema),
  /** Over the incidents of the window that ended and whose end was seen; null when there was none. */
  meanTimeToRecoverMs: z.nullable(durationMs),
  /** The cause of most incidents of the window, and of how many; null when there was none. */
  commonestCause: z.nullable(z.object({ cause: z.enum(CAUSES), headline: z.string(), incidents: z.int() })),
  /** Stretches of a minute and longer in which nothing was measured, newest first, at most 100. `to` is null while one lasts. */
  absences: z.array(z.object({ from: epochMs, to: z.nullable(epochMs), gap: z.enum(GAP_REASONS) })),
  /** How long nothing was measured in the window, per reason. */
  gaps: z.partialRecord(z.enum(GAP_REASONS), durationMs),
  servedAt: epochMs,
});
export type History = z.infer<typeof historySchema>;

export const incidentsSchema = z.object({ incidents: z.array(incidentSchema), servedAt: epochMs });
export type Incidents = z.infer<typeof incidentsSchema>;
