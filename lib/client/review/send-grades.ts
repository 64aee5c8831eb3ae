import * as z from 'zod/mini';
import { parsed } from '#lib/client/kept/parsed.ts';
import { type ask, RequestFailure, readReply } from '#lib/client/request.ts';
import { errorSchema } from '#lib/contract/error.ts';
import { type GradesReply, gradesReplySchema } from '#lib/contract/review.ts';
import type { Grade } from '#lib/domain/review/grading.ts';
import { type EpochMs, SECOND } from '#lib/domain/time.ts';

/** Anki may be busy for some seconds, and is waited for, because what becomes of a grade is worth more than a quick answer. */
export const GRADES_TIMEOUT_MS = 10 * SECOND;

export type Ask = typeof ask;

/**
 * answered: Lifeline said what became of them. refused: this phone may not grade. unfit: it cannot take them as they are, so
 * nothing was counted. failed: nothing is known.
 */
export type Sent =
  | { readonly kind: 'answered'; readonly reply: GradesReply }
  | { readonly kind: 'refused' | 'unfit'; readonly detail: string }
  | { readonly kind: 'failed'; readonly failure: RequestFailure };

const UNFIT = [400, 413, 415, 422];
const REFUSED = [401, 403];

/** A request that changes something, as Lifeline takes it. */
export const post = (body: unknown, keepalive = false): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
  keepalive,
});

type Batch = {
  readonly deck: string | null;
  readonly grades: readonly Grade[];
  /** By the phone's clock: now. */
  readonly sentAt: EpochMs;
  readonly keepalive: boolean;
};

/** Sends 1 to 20 grades once. `keepalive`: the page may go away meanwhile. Never rejects. */
export async function sendGrades(asked: Ask, { keepalive, ...body }: Batch): Promise<Sent> {
  try {
    const reply = await asked('/api/review/grades', GRADES_TIMEOUT_MS, post(body, keepalive));
    const told = z.safeParse(errorSchema, parsed(reply.body));
    // Only a word of Lifeline's own counts: whatever stands in its place while it is down knows nothing of grades.
    if (told.success && UNFIT.includes(reply.status)) return { kind: 'unfit', detail: told.data.error.message };
    if (told.success && REFUSED.includes(reply.status)) return { kind: 'refused', detail: told.data.error.message };
    return { kind: 'answered', reply: readReply(reply, gradesReplySchema) };
  } catch (failure) {
    if (failure instanceof RequestFailure) return { kind: 'failed', failure };
    throw failure;
  }
}
