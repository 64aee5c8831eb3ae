import type { Generated, Selectable } from 'kysely';
import * as z from 'zod/mini';
import { answeredSchema, gradeSchema } from '#lib/contract/review.ts';
import { GATEWAY_KINDS } from '#lib/domain/review/gateway.ts';
import type { Outcome } from '#lib/domain/review/grading.ts';
import type { Intent, LedgerEntry } from '#lib/domain/review/ledger.ts';

/** One grade. Times are epoch ms; what is JSON is read back by its schema. */
export type GradeTable = {
  /** Counts the grades in the order they were received. */
  place: Generated<number>;
  id: string;
  /** The grade as the phone sent it. */
  body: string;
  received_at: number;
  intent: string | null;
  outcome: string | null;
  settled_at: number | null;
  reviewed_today: number | null;
  undo_asked_at: number | null;
  undo_ended_at: number | null;
};

export type GradeRow = Selectable<GradeTable>;

const intentSchema: z.ZodMiniType<Intent> = z.object({
  at: z.int(),
  gateway: z.enum(GATEWAY_KINDS),
  before: z.nullable(z.array(z.object({ id: z.int(), ease: z.int() }))),
  // Left out before it was kept.
  profile: z._default(z.nullable(z.string()), null),
});

/** The entry that was kept. Throws on what we cannot have written. */
export function entryOfRow(row: GradeRow): LedgerEntry {
  return {
    grade: gradeSchema.parse(JSON.parse(row.body)),
    receivedAt: row.received_at,
    intent: row.intent === null ? null : intentSchema.parse(JSON.parse(row.intent)),
    outcome: row.outcome === null ? null : outcomeOf(row.outcome),
    settledAt: row.settled_at,
    reviewedToday: row.reviewed_today,
    undoAskedAt: row.undo_asked_at,
    undoEndedAt: row.undo_ended_at,
  };
}

function outcomeOf(body: string): Outcome {
  const answered = answeredSchema.parse(JSON.parse(body));
  if (answered.status === 'pending') throw new RangeError('No outcome is pending.');
  return answered;
}
