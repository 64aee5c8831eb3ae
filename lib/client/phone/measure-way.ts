import * as z from 'zod/mini';
import { parsed } from '#lib/client/kept/parsed.ts';
import { type ask, REQUEST_TIMEOUT_MS, RequestFailure } from '#lib/client/request.ts';
import { errorSchema } from '#lib/contract/error.ts';
import type { PhoneSample } from '#lib/domain/phone-sample.ts';
import type { DurationMs } from '#lib/domain/time.ts';

/** Lifeline's own word, that it is well, that it has stalled, or that it does not let this phone in. */
const ownWord = z.union([z.object({ version: z.string() }), errorSchema]);

/** One request to Lifeline, from its beginning until the whole answer is there. Never rejects. */
export async function measureWay(asked: typeof ask, mono: () => DurationMs): Promise<Omit<PhoneSample, 'at'>> {
  const begun = mono();
  try {
    const { body } = await asked('/api/health', REQUEST_TIMEOUT_MS);
    const isOurs = z.safeParse(ownWord, parsed(body)).success;
    return { outcome: isOurs ? 'answered' : 'not-running', ms: mono() - begun };
  } catch (failure) {
    if (failure instanceof RequestFailure) return { outcome: 'unreachable', ms: mono() - begun };
    throw failure;
  }
}
