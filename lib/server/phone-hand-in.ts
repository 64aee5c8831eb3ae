import { MOST_SAMPLES, phoneSamplesRequestSchema } from '#lib/contract/phone.ts';
import { clockBehindMs } from '#lib/domain/review/phone-clock.ts';
import { storageErrorOf } from '#lib/store/storage-error.ts';
import { mayAct } from './owner.ts';
import { body, failure, json } from './respond.ts';
import { tailnetSender } from './sender.ts';
import type { Services } from './services.ts';

/** As many samples with the longest numbers that are taken. */
const SAMPLES = {
  schema: phoneSamplesRequestSchema,
  limitBytes: 65_536,
  expected: `JSON with a deviceId, sentAt and 1 to ${MOST_SAMPLES} samples as the phone makes them`,
};

/**
 * Keeps what a phone measured, each sample once however often it comes; 403 for whom nothing is taken from, 503 where it cannot
 * be kept; none is accepted while Tailscale does not say whose phone it is. A phone whose clock is wrong is put right by when it
 * says that it asks; what is later by its own clock is accepted and dropped. Of the Mac itself nothing is kept: what it asks of
 * itself crosses no tailnet.
 */
export async function postPhoneSamples(services: Services, request: Request): Promise<Response> {
  const { headers } = request;
  const caller = await services.callerOf(headers);
  const now = services.now();
  const leave = mayAct(caller, 'measure');
  if (!leave.allowed) {
    // A phone forgets what it is refused, and just after Tailscale was away it has most to tell.
    if (caller.who === 'stranger' && caller.isUnsure) return json({ accepted: [], isWanted: true, servedAt: now });
    return failure(403, 'not-owner', leave.detail);
  }
  const { deviceId, sentAt, samples } = await body(request, SAMPLES);
  const isWanted = caller.who === 'token' || tailnetSender(headers) !== null;
  const behindMs = clockBehindMs({ sentAt, now });
  // The phone's clock was set back since: when these were, nobody knows.
  const dated = samples.filter(({ at }) => at <= sentAt);
  const handedIn = dated.map((sample) => ({ ...sample, id: sample.at, at: Math.min(now, sample.at + behindMs) }));
  try {
    if (isWanted) await services.phones.keep({ device: deviceId, node: await nodeOf(services, headers) }, handedIn);
  } catch (error) {
    const storage = storageErrorOf(error, services.config.dataDir);
    if (storage === null) throw error;
    return failure(503, 'storage', `Lifeline cannot keep what phones measure. ${storage.message}`);
  }
  return json({ accepted: samples.map(({ at }) => at), isWanted, servedAt: now });
}

async function nodeOf({ phoneWays }: Services, headers: Headers): Promise<string | null> {
  const address = tailnetSender(headers);
  const way = address === null ? null : await phoneWays.ask(address);
  return way !== null && 'told' in way ? (way.told.node ?? null) : null;
}
