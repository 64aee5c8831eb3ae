import type { DueView } from '#lib/contract/review.ts';
import { type DurationMs, SECOND } from '#lib/domain/time.ts';
import { mayAct } from './owner.ts';
import type { Services } from './services.ts';
import { within } from './within.ts';

const PATIENCE_MS: DurationMs = 3 * SECOND;

/** What is left today, as of the last 10 s; neither gateway nor counts where none could be had in 3 s. */
export async function readDue({ review, callerNow, now }: Services, headers: Headers): Promise<DueView> {
  const [due, caller] = await Promise.all([
    within(PATIENCE_MS, review.due(), { gateway: null, counts: null }),
    callerNow(headers),
  ]);
  return { ...due, mayGrade: mayAct(caller, 'grade').allowed, servedAt: now() };
}
