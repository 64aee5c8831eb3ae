import type { Alerts } from '#lib/contract/alerts.ts';
import type { Delivery } from '#lib/push/delivery.ts';
import { createSendPush, type PushLetter, type SendPush } from '#lib/push/send-push.ts';
import { sendWebhook } from '#lib/push/send-webhook.ts';
import { type KeysOrProblem, type VapidKeys, vapidKeysIn } from '#lib/push/vapid-keys.ts';
import type { Callee } from './alert-callee.ts';
import type { Config } from './config.ts';

type Message = { readonly letter: PushLetter } | { readonly webhook: object };

/** How messages fared with the webhook. */
type WebhookView = NonNullable<Alerts['webhook']>;

/** Carries messages to push services and to the webhook. */
export type Carrier = {
  /** Whether this one can be reached at all. */
  readonly isReady: (callee: Callee) => boolean;
  /** Never rejects; one that ends because of `close` counts as not sent, or as unknown where it had gone out. */
  readonly carry: (callee: Callee, message: Message) => Promise<Delivery>;
  /** An address of Lifeline that other devices can open; null while none is known. */
  readonly origin: () => string | null;
  /** base64url; null where there are no keys. */
  readonly publicKey: () => string | null;
  /** Why no push message can be sent, in a sentence or two that say what to do; null when all is well. */
  readonly problem: () => string | null;
  readonly webhook: () => WebhookView | null;
  readonly close: () => void;
};

type Parts = {
  readonly config: Pick<Config, 'dataDir' | 'vapidSubject' | 'alertWebhookUrl'>;
  /** Why nothing can be kept in the data directory; null where it can. */
  readonly unkept: string | null;
  /** The name by which phones know this machine; null while it is not known. */
  readonly name: () => string | null;
  readonly now: () => number;
  /** How messages fared with the webhook before. */
  readonly earlier: Omit<WebhookView, 'lastStatus'>;
};

const NO_SUBJECT =
  'Push services ask who sends, and this machine’s name in the tailnet is not known. Turn Tailscale on, or set VAPID_SUBJECT to an https or mailto: address of yours.';

export function createCarrier({ config, unkept, name, now, earlier }: Parts): Carrier {
  const made: KeysOrProblem =
    unkept === null
      ? vapidKeysIn(config.dataDir)
      : { problem: `No alert can be sent, because nothing of it can be kept. ${unkept}` };
  const keys = 'keys' in made ? made.keys : null;
  const closing = new AbortController();
  const origin = (): string | null => (name() === null ? null : `https://${name()}`);
  const subject = (): string | null => config.vapidSubject ?? origin();
  let hook: WebhookView = { ...earlier, lastStatus: null };
  const pushBy = senderFor(keys, now);

  const callWebhook = async (url: URL, message: object): Promise<Delivery> => {
    const delivery = await sendWebhook(url, { message, now: now() }, closing.signal);
    const { outcome, status } = delivery;
    const isTaken = outcome === 'sent';
    const lastTry = isTaken ? 'taken' : status === null ? 'unanswered' : 'refused';
    hook = { lastOkAt: isTaken ? now() : hook.lastOkAt, lastTry, lastStatus: status };
    return delivery;
  };
  const push = async (letter: PushLetter, { subscription }: Callee): Promise<Delivery> => {
    const as = subject();
    const send = as === null ? null : pushBy(as);
    if (send === null || subscription === null) throw new Error('Nobody can be asked to carry this.');
    return send(subscription, letter, closing.signal);
  };
  return {
    isReady: ({ subscription }) => subscription === null || (keys !== null && subject() !== null),
    carry: (callee, message) => {
      if ('letter' in message) return push(message.letter, callee);
      if (config.alertWebhookUrl === undefined) throw new Error('There is no webhook.');
      return callWebhook(config.alertWebhookUrl, message.webhook);
    },
    origin,
    publicKey: () => keys?.publicKey ?? null,
    problem: () => ('problem' in made ? made.problem : subject() === null ? NO_SUBJECT : null),
    webhook: () => (config.alertWebhookUrl === undefined ? null : hook),
    close: () => closing.abort(new Error('Lifeline ended')),
  };
}

/** The machine's name may become known, or another, while Lifeline runs. */
function senderFor(keys: VapidKeys | null, now: () => number): (subject: string) => SendPush | null {
  let made: { readonly subject: string; readonly send: SendPush } | null = null;
  return (subject) => {
    if (keys === null) return null;
    if (made?.subject !== subject) made = { subject, send: createSendPush({ keys, subject, now }) };
    return made.send;
  };
}
