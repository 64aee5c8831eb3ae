import type * as z from 'zod/mini';
import type { EpochMs } from '#lib/domain/time.ts';
import type { Kept } from './kept/answers.ts';
import { nextTask } from './next-task.ts';
import { noteAnswer, noteFailure } from './outage.ts';
import { ask, REQUEST_TIMEOUT_MS, type Reply, RequestFailure, readReply, takeFirst } from './request.ts';
import { hasJustResumed, RESUME_PAUSE_MS, untilReturn } from './resume.ts';

/** How an answer is read, and what of it is kept. */
export type Reading<T> = {
  readonly schema: z.ZodMiniType<T>;
  /** When what it tells was measured; absent, or null: when it was sent. */
  readonly measuredAt?: (data: T) => EpochMs | null;
  /** What of it may be kept on the phone; absent: all. */
  readonly forKeeping?: (data: T) => T;
};

/** Asks the Mac and keeps the answer on this phone. Throws a RequestFailure. */
export async function fetchKept<T extends object>(
  url: string,
  { schema, measuredAt, forKeeping }: Reading<T>,
): Promise<Kept<T>> {
  try {
    const reply = await (takeFirst(url) ?? askAwake(url));
    const data = readReply(reply, schema);
    // Reading a long answer takes as long as showing it.
    await nextTask();
    noteAnswer(url);
    const { receivedAt } = reply;
    const servedAt = servedAtOf(data) ?? receivedAt;
    const kept = { url, measuredAt: measuredAt?.(data) ?? servedAt, servedAt, receivedAt, data };
    void keep({ ...kept, data: forKeeping?.(data) ?? data });
    return kept;
  } catch (failure) {
    if (failure instanceof RequestFailure) noteFailure(url, failure);
    throw failure;
  }
}

/** Nearly every answer says when it was sent. */
const servedAtOf = (data: object): EpochMs | undefined =>
  'servedAt' in data && typeof data.servedAt === 'number' ? data.servedAt : undefined;

/** Lets a phone have its resume: what was frozen on its way is asked anew, and a first failure is no news yet. */
async function askAwake(url: string): Promise<Reply> {
  try {
    const reply = await untilReturn(ask(url, REQUEST_TIMEOUT_MS));
    if (reply !== null) return reply;
  } catch (failure) {
    if (!hasJustResumed()) throw failure;
    await new Promise((resolve) => setTimeout(resolve, RESUME_PAUSE_MS));
  }
  return ask(url, REQUEST_TIMEOUT_MS);
}

/** For the next start; the shelf is a chunk of its own, because nothing that is shown now waits for it. */
async function keep(kept: Kept<unknown>): Promise<void> {
  try {
    // What is shown of it is painted first.
    await nextTask();
    const { shelf } = await import('./kept/shelf.ts');
    await shelf.keep(kept);
  } catch {
    // The Mac went before the chunk came: the next answer is kept.
  }
}
