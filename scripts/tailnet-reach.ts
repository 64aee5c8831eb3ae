import * as z from 'zod/mini';
import { errorSchema } from '#lib/contract/error.ts';

/** Who answers at an address; Lifeline also where it refuses to tell. */
export type Reached = 'lifeline' | 'other' | 'silent';

/** What `GET /api/health` tells when Lifeline is well or stalled, or refuses to tell. */
const healthSchema = z.union([z.object({ version: z.string(), monitor: z.object({ rounds: z.int() }) }), errorSchema]);

/** Asks whether Lifeline answers at this origin. Never rejects. */
export async function reach(origin: string, patienceMs: number): Promise<Reached> {
  try {
    const answer = await fetch(`${origin}/api/health`, { redirect: 'manual', signal: AbortSignal.timeout(patienceMs) });
    // Where `tailscale serve` finds nobody it says 502.
    if (answer.status === 502) return 'silent';
    const body: unknown = await answer.json().catch(() => null);
    return healthSchema.safeParse(body).success ? 'lifeline' : 'other';
  } catch {
    return 'silent';
  }
}
