import * as z from 'zod/mini';
import { LEVELS } from '#lib/domain/level.ts';
import { TARGET_KINDS } from '#lib/domain/probe.ts';
import { WINDOWS } from '#lib/domain/window.ts';
import { startActionSchema } from './action.ts';
import { diagnosisSchema } from './diagnosis.ts';
import { ladderSchema } from './ladder.ts';

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

export const statusSchema = z.object({
  level: z.enum(LEVELS),
  /** When this level began; null before the first round. */
  since: z.nullable(epochMs),
  /** When a probe at the target last told something: its end, or its silence beyond patience. Null before the first. */
  checkedAt: z.nullable(epochMs),
  servedAt: epochMs,
  /** `isGuess`: neither Tailscale nor the owner told the address that the phone uses, so this machine's own is watched. */
  target: z.object({ kind: z.enum(TARGET_KINDS), url: z.string(), isGuess: z.boolean() }),
  diagnosis: diagnosisSchema,
  /** A change that is seen but not confirmed yet. */
  pending: z.nullable(z.object({ level: z.enum(LEVELS), since: epochMs })),
  /** Of answered probes; `p50Ms` and `p95Ms` over the uptime's window. */
  latency: z.object({ lastMs: z.nullable(durationMs), p50Ms: z.nullable(durationMs), p95Ms: z.nullable(durationMs) }),
  uptime: uptimeSchema,
  ladder: ladderSchema,
  /** How the owner can start the review server from here; null when they have not said how it is started. */
  start: z.nullable(startActionSchema),
  /** The incident that lasts now. */
  incidentId: z.nullable(z.string()),
  /** Whether the history is being kept; `detail` says in a sentence why not and what to do. */
  storage: z.object({ state: z.enum(['ok', 'failing']), detail: z.nullable(z.string()) }),
  /** `stalled`: the monitor itself has stopped measuring, so nothing above is current. */
  monitor: z.object({ state: z.enum(['ok', 'stalled']), intervalMs: durationMs }),
  version: z.string(),
});
export type Status = z.infer<typeof statusSchema>;
