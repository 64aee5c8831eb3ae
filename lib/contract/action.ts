import * as z from 'zod/mini';
import { RUN_OUTCOMES } from '#lib/domain/note.ts';

const epochMs = z.int();
const durationMs = z.number().check(z.nonnegative());

/** A run of the owner's start command: under way while `endedAt` is null, judged once `outcome` is set. */
export const runSchema = z.object({
  startedAt: epochMs,
  /** As one would type it. */
  command: z.string(),
  /** When the command ended; null while it runs (a server started in the foreground goes on running). */
  endedAt: z.nullable(epochMs),
  exitCode: z.nullable(z.int()),
  /** Such as `SIGKILL`, when a signal ended it. */
  signal: z.nullable(z.string()),
  /** The end of what it printed, secrets left out. */
  output: z.string(),
  /** Null while the probe is still waited for. */
  outcome: z.nullable(z.enum(RUN_OUTCOMES)),
  /** From its start until the server answered; null when it did not. */
  upAfterMs: z.nullable(durationMs),
});
export type RunView = z.infer<typeof runSchema>;

/**
 * What the owner may do from the screen; `state` says whether this caller may: `ready`, `busy` (a run is under way) or
 * `not-owner` or `not-now`, with `detail` saying in a sentence why. The last run is kept until the server has been ready for a while.
 */
export const startActionSchema = z.object({
  label: z.string(),
  state: z.enum(['ready', 'busy', 'not-owner', 'not-now']),
  detail: z.nullable(z.string()),
  run: z.nullable(runSchema),
});
export type StartAction = z.infer<typeof startActionSchema>;

/** `POST /api/actions/start` with `{}`: 202 and the run that began, or 409 while one is under way. */
export const startRequestSchema = z.strictObject({});
export const startReplySchema = z.object({ run: runSchema });
