import * as z from 'zod/mini';
import { CAUSES } from '#lib/domain/cause.ts';
import { CONFIDENCES, OS_NAMES } from '#lib/domain/diagnosis.ts';
import { RUNG_STATES, RUNGS } from '#lib/domain/ladder.ts';
import { LEVELS } from '#lib/domain/level.ts';
import { TARGET_KINDS } from '#lib/domain/probe.ts';
import { WINDOWS } from '#lib/domain/window.ts';

const epochMs = z.int();
const durationMs = z.number().check(z.nonnegative());
const ratio = z.number().check(z.gte(0), z.lte(1));

/** Each number is null when nothing was measured: no data is neither 0 % nor 100 %. */
export const uptimeSchema = z.object({
  window: z.enum(WINDOWS),
  /** (ready + degraded) / measured */
  reachable: z.nullable(ratio),
  /** ready / measured */
  ready: z.nullable(ratio),
  /** measured / window */
  measured: ratio,
});

export const diagnosisSchema = z.object({
  cause: z.enum(CAUSES),
  confidence: z.enum(CONFIDENCES),
  headline: z.string(),
  explanation: z.string(),
  /** What the phone app shows; `code` is the NSURLError code, null when it shows none. Null when the app is fine. */
  appShows: z.nullable(z.object({ code: z.nullable(z.int()), text: z.string(), caption: z.string() })),
  /** The facts it was concluded from, each with the moment it was seen. */
  evidence: z.array(z.object({ text: z.string(), at: epochMs })),
  /** `command` is null for a thing done by hand. */
  remedies: z.array(z.object({ label: z.string(), os: z.enum(OS_NAMES), command: z.nullable(z.string()) })),
});

export const statusSchema = z.object({
  level: z.enum(LEVELS),
  /** When this level began; null before the first round. */
  since: z.nullable(epochMs),
  /** When a probe at the target last told something: its end, or its silence beyond patience. Null before the first. */
  checkedAt: z.nullable(epochMs),
  servedAt: epochMs,
  target: z.object({ kind: z.enum(TARGET_KINDS), url: z.string() }),
  diagnosis: diagnosisSchema,
  /** A change that is seen but not confirmed yet. */
  pending: z.nullable(z.object({ level: z.enum(LEVELS), since: epochMs })),
  /** Of answered probes; `p50Ms` and `p95Ms` over the uptime's window. */
  latency: z.object({ lastMs: z.nullable(durationMs), p50Ms: z.nullable(durationMs), p95Ms: z.nullable(durationMs) }),
  uptime: uptimeSchema,
  ladder: z.array(
    z.object({ rung: z.enum(RUNGS), state: z.enum(RUNG_STATES), detail: z.string(), at: z.nullable(epochMs) }),
  ),
  /** The incident that lasts now. */
  incidentId: z.nullable(z.string()),
  /** Whether the history is being kept; `detail` says in a sentence why not and what to do. */
  storage: z.object({ state: z.enum(['ok', 'failing']), detail: z.nullable(z.string()) }),
  /** `stalled`: the monitor itself has stopped measuring, so nothing above is current. */
  monitor: z.object({ state: z.enum(['ok', 'stalled']), intervalMs: durationMs }),
  version: z.string(),
});
export type Status = z.infer<typeof statusSchema>;
