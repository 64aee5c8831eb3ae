import type { EpochMs } from '#lib/domain/time.ts';
import { type Delivery, deliveryOf } from './delivery.ts';
import { post } from './post.ts';

/** Posts a message as JSON to the owner's own address, in at most ten seconds. Never rejects, and tells nothing of the address. */
export async function sendWebhook(
  url: URL,
  { message, now }: { readonly message: object; readonly now: EpochMs },
  signal: AbortSignal,
): Promise<Delivery> {
  const headers = { 'content-type': 'application/json', 'user-agent': 'Lifeline' };
  const delivery = deliveryOf(
    await post({ url: url.href, headers, body: Buffer.from(JSON.stringify(message)) }, signal),
    now,
  );
  // An address that the owner wrote down does not go away for good.
  if (delivery.outcome !== 'gone') return delivery;
  return { outcome: 'refused', status: delivery.status, detail: `it answered ${delivery.status}` };
}
