import { maySend } from '#lib/domain/alert-due.ts';
import { clockIn } from '#lib/domain/alert-quiet.ts';
import { alertText } from '#lib/domain/alert-text.ts';
import type { Level } from '#lib/domain/level.ts';
import { type DurationMs, type EpochMs, HOUR, MINUTE, SECOND } from '#lib/domain/time.ts';
import type { Delivery } from '#lib/push/delivery.ts';
import type { Alerts, KeptAlert } from '#lib/store/alerts.ts';
import type { Subscription, Subscriptions } from '#lib/store/subscriptions.ts';
import type { Callee } from './alert-callee.ts';
import type { Carrier } from './alert-carrier.ts';
import { pushLetter, webhookMessage } from './alert-message.ts';
import { log } from './log.ts';

/** How long is waited after the first try that failed, the second, and so on; then as long as after the last. */
const BACK_OFF_MS: readonly DurationMs[] = [5 * SECOND, 30 * SECOND, 2 * MINUTE, 10 * MINUTE, HOUR];
/** A day of tries. */
const MOST_TRIES = 28;
/** A push service that asks for more patience is tried sooner all the same. */
const LONGEST_MS: DurationMs = HOUR;

type Parts = {
  readonly alerts: Alerts;
  readonly subscriptions: Subscriptions;
  readonly carrier: Carrier;
  readonly now: () => EpochMs;
};
type Round = {
  readonly unfinished: readonly KeptAlert[];
  readonly callees: readonly Callee[];
  readonly level: Level;
};

/** Sends what is due, to each device one after the other and to none later because of another. */
export type AlertSender = {
  /** Begins to send what may go out now. `onChange` is called when something of it is settled, or cannot be: `error`. */
  readonly begin: (round: Round, onChange: (error?: unknown) => void) => void;
  readonly isIdle: () => boolean;
  /** Resolves when nothing is on its way any more. */
  readonly ended: () => Promise<unknown>;
};

export function createAlertSender(parts: Parts): AlertSender {
  const underWay = new Map<string, Promise<void>>();
  const begin: AlertSender['begin'] = ({ unfinished, callees, level }, onChange) => {
    const now = parts.now();
    for (const callee of callees) {
      const next = unfinished.find(({ deviceId, state }) => deviceId === callee.id && state === 'due');
      if (next === undefined || underWay.has(callee.id) || !parts.carrier.isReady(callee)) continue;
      if (!isTime(next, now) || !maySend(next, { preferences: callee.preferences, level, now })) continue;
      const sending = send(parts, next, callee).finally(() => underWay.delete(callee.id));
      underWay.set(
        callee.id,
        sending.then(
          () => onChange(),
          (error: unknown) => onChange(error),
        ),
      );
    }
  };
  return { begin, isIdle: () => underWay.size === 0, ended: () => Promise.all(underWay.values()) };
}

/** A clock that was set back makes nobody wait for longer than the longest wait. */
const isTime = ({ nextAt }: KeptAlert, now: EpochMs): boolean => nextAt <= now || nextAt > now + LONGEST_MS;

/** Rejects with a StorageError where it cannot be written down: before sending nothing is sent, after it the row tells that it was. */
async function send({ alerts, subscriptions, carrier, now }: Parts, alert: KeptAlert, callee: Callee): Promise<void> {
  const message = messageOf(alert, callee, { now: now(), origin: carrier.origin() });
  if (!(await alerts.claim(alert))) return;
  const delivery = await carrier.carry(callee, message);
  const at = now();
  await alerts.settle(alert, settled(delivery, { tries: alert.tries + 1, at }));
  if (callee.subscription !== null) await noteAnswer(subscriptions, callee.subscription, { delivery, at });
  tell(alert, delivery);
}

type Here = { readonly now: EpochMs; readonly origin: string | null };

function messageOf({ news }: KeptAlert, { timeZone, subscription }: Callee, { now, origin }: Here) {
  const clock = clockIn(timeZone);
  const text = alertText(news, (at) => clock(at, now));
  return subscription === null
    ? { webhook: webhookMessage(news, text, origin) }
    : { letter: pushLetter(news, text, subscription) };
}

type Tried = { readonly tries: number; readonly at: EpochMs };

function settled(delivery: Delivery, { tries, at }: Tried): Parameters<Alerts['settle']>[1] {
  switch (delivery.outcome) {
    case 'sent':
      return { state: 'sent', nextAt: at, sentAt: at };
    case 'unknown':
      return { state: 'unknown', nextAt: at, sentAt: null };
    case 'gone':
    case 'refused':
      return { state: 'given-up', nextAt: at, sentAt: null };
    case 'later': {
      if (tries >= MOST_TRIES) return { state: 'given-up', nextAt: at, sentAt: null };
      const wait = BACK_OFF_MS[tries - 1] ?? LONGEST_MS;
      return { state: 'due', nextAt: at + Math.max(wait, Math.min(delivery.afterMs ?? 0, LONGEST_MS)), sentAt: null };
    }
  }
}

/** Keeps what the push service said of a device, and forgets one that it does not know any more. */
export async function noteAnswer(
  subscriptions: Subscriptions,
  { endpoint }: Pick<Subscription, 'endpoint'>,
  { delivery: { outcome, status }, at }: { readonly delivery: Delivery; readonly at: EpochMs },
): Promise<void> {
  if (outcome === 'gone') await subscriptions.forgetEndpoint(endpoint);
  else await subscriptions.noteAnswer(endpoint, { status, okAt: outcome === 'sent' ? at : null });
}

/** Without addresses: an endpoint lets its holder send, and a webhook's may hold a key. */
function tell({ deviceId, incidentId, kind, tries }: KeptAlert, { outcome, status }: Delivery): void {
  const facts = { deviceId, incidentId, kind, outcome, status, tries: tries + 1 };
  if (outcome === 'sent') log.info(facts, 'an alert was sent');
  else log.warn(facts, 'an alert was not taken');
}
