import * as z from 'zod/mini';
import { deviceId } from '#lib/client/device.ts';
import { parsed } from '#lib/client/kept/parsed.ts';
import { type ask, REQUEST_TIMEOUT_MS, RequestFailure, readReply } from '#lib/client/request.ts';
import { errorSchema } from '#lib/contract/error.ts';
import { MOST_SAMPLES, phoneSamplesAnswerSchema } from '#lib/contract/phone.ts';
import type { PhoneSample } from '#lib/domain/phone-sample.ts';
import type { EpochMs } from '#lib/domain/time.ts';
import type { SampleShelf } from './sample-shelf.ts';

type Needs = { readonly ask: typeof ask; readonly shelf: SampleShelf; readonly wall: () => EpochMs };

/** accepted: these moments. refused: nothing is taken from this phone. unfit: these are not taken as they are. failed: not known. */
type Answer =
  | { readonly kind: 'accepted'; readonly moments: readonly EpochMs[]; readonly isWanted: boolean }
  | { readonly kind: 'refused' | 'unfit' | 'failed' };

/**
 * Gives the Mac what it does not have, and forgets only what it says that it keeps. Resolves to false where it takes nothing from
 * here; what was measured is forgotten then. Never rejects.
 */
export async function handInSamples({ ask: asked, shelf, wall }: Needs): Promise<boolean> {
  for (;;) {
    const samples = shelf.oldest(MOST_SAMPLES);
    if (samples.length === 0) return true;
    const answer = await send(asked, samples, wall());
    switch (answer.kind) {
      case 'accepted':
        await shelf.remove(answer.moments);
        if (!answer.isWanted) return forgetAll(shelf);
        if (!samples.some(({ at }) => answer.moments.includes(at))) return true;
        break;
      case 'unfit':
        // They would never be taken, and stand before all others.
        await shelf.remove(samples.map(({ at }) => at));
        break;
      case 'refused':
        return forgetAll(shelf);
      case 'failed':
        return true;
    }
  }
}

async function forgetAll(shelf: SampleShelf): Promise<false> {
  await shelf.clear();
  return false;
}

async function send(asked: typeof ask, samples: readonly PhoneSample[], sentAt: EpochMs): Promise<Answer> {
  try {
    const reply = await asked('/api/phone/samples', REQUEST_TIMEOUT_MS, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ deviceId: deviceId(), sentAt, samples }),
    });
    // Only a word of Lifeline's own counts: whatever stands in its place while it is down knows nothing of samples.
    const own = z.safeParse(errorSchema, parsed(reply.body));
    // Another refusal is of this request: a name that Lifeline does not know yet, a page of another origin.
    if (own.success && own.data.error.code === 'not-owner') return { kind: 'refused' };
    if (own.success && (reply.status === 400 || reply.status === 413)) return { kind: 'unfit' };
    const { accepted, isWanted } = readReply(reply, phoneSamplesAnswerSchema);
    return { kind: 'accepted', moments: accepted, isWanted };
  } catch (failure) {
    if (failure instanceof RequestFailure) return { kind: 'failed' };
    throw failure;
  }
}
