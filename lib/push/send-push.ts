import { createECDH } from 'node:crypto';
import { type DurationMs, type EpochMs, HOUR } from '#lib/domain/time.ts';
import { type Delivery, deliveryOf } from './delivery.ts';
import { post } from './post.ts';
import type { VapidKeys } from './vapid-keys.ts';

/** Where a message goes, as a browser's subscription says it. */
export type PushAddress = {
  readonly endpoint: string;
  readonly keys: { readonly p256dh: string; readonly auth: string };
};

/** A message of less than 3 KB, and how the push service is to handle it. */
export type PushLetter = {
  readonly text: string;
  /** How long it is kept for a phone that is off. */
  readonly ttlS: number;
  readonly urgency: 'high' | 'normal';
  /** At most 32 characters of base64url. A message that still waits is replaced by a later one of the same topic. */
  readonly topic: string;
};

type Sender = {
  readonly keys: VapidKeys;
  /** Whom the push service can ask: an https URL or a mailto address. */
  readonly subject: string;
  readonly now: () => EpochMs;
};

/** Encrypts a message and hands it to the push service, in at most ten seconds. Never rejects. */
export type SendPush = (address: PushAddress, letter: PushLetter, signal: AbortSignal) => Promise<Delivery>;

/** Apple refuses who renews more often; a token is valid for twelve hours. */
const SAME_TOKEN_MS: DurationMs = HOUR;
const MOST_TOKENS = 64;

/** A sender with these keys. */
export function createSendPush({ keys, subject, now }: Sender): SendPush {
  const tokens = new Map<string, { readonly authorization: string; readonly madeAt: EpochMs }>();
  // It costs memory that a Lifeline without alerts need not spend.
  const library = async () => (await import('web-push')).default;

  const authorizationFor = async (endpoint: string): Promise<string> => {
    const audience = new URL(endpoint).origin;
    const known = tokens.get(audience);
    const age = now() - (known?.madeAt ?? Number.NEGATIVE_INFINITY);
    if (known !== undefined && age >= 0 && age < SAME_TOKEN_MS) return known.authorization;
    if (tokens.size >= MOST_TOKENS) tokens.clear();
    const { getVapidHeaders } = await library();
    const headers = getVapidHeaders(audience, subject, keys.publicKey, keys.privateKey, 'aes128gcm');
    tokens.set(audience, { authorization: headers.Authorization, madeAt: now() });
    return headers.Authorization;
  };

  return async ({ endpoint, keys: { p256dh, auth } }, { text, ttlS, urgency, topic }, signal) => {
    try {
      const { generateRequestDetails } = await library();
      const to = { endpoint, keys: { p256dh, auth } };
      const { headers, body } = generateRequestDetails(to, Buffer.from(text), { TTL: ttlS, urgency, topic });
      const authorization = await authorizationFor(endpoint);
      return deliveryOf(await post({ url: endpoint, headers: { ...headers, authorization }, body }, signal), now());
    } catch (error) {
      // What cannot even be encrypted: keys that are none.
      return { outcome: 'refused', status: null, detail: error instanceof Error ? error.message : String(error) };
    }
  };
}

/** Whether something can be encrypted for these keys: a point of the curve P-256, and 16 bytes. */
export function areUsable({ p256dh, auth }: PushAddress['keys']): boolean {
  try {
    const own = createECDH('prime256v1');
    own.generateKeys();
    own.computeSecret(p256dh, 'base64url');
    return Buffer.from(p256dh, 'base64url').length === 65 && Buffer.from(auth, 'base64url').length === 16;
  } catch {
    return false;
  }
}
