import type * as z from 'zod/mini';
import { alertDeviceNameSchema, alertDeviceRequestSchema, type alertTestSchema } from '#lib/contract/alerts.ts';
import type { Delivery } from '#lib/push/delivery.ts';
import { isPushEndpoint } from '#lib/push/push-endpoint.ts';
import { areUsable } from '#lib/push/send-push.ts';
import { isTimeZone } from './alert-message.ts';
import { originOf } from './origin.ts';
import { mayAct } from './owner.ts';
import { readAlerts } from './read-alerts.ts';
import { body, failure, json } from './respond.ts';
import type { Services } from './services.ts';

/** Twice an endpoint, a label and keys of the longest kind. */
const DEVICE = {
  schema: alertDeviceRequestSchema,
  limitBytes: 8_192,
  expected: 'JSON with a deviceId, a label, a subscription and preferences as the app makes them',
};
const NAME = { schema: alertDeviceNameSchema, limitBytes: 1_000, expected: 'JSON with the deviceId of a device' };
/** More phones than a person has; a subscription costs a message for each incident. */
const MOST_DEVICES = 32;

/** Keeps how a device is to be called, and answers as `GET /api/alerts` does; 403 for anybody but the owner. */
export async function postAlertDevice(services: Services, request: Request): Promise<Response> {
  const asked = await handedIn(services, request);
  if (asked instanceof Response) return asked;
  const { alerts, callerOf, now } = services;
  const { deviceId, label, subscription, preferences, timeZone, origin } = asked;
  const caller = await callerOf(request.headers);
  const login = caller.who === 'owner' ? caller.login : null;
  const paired = services.pairing?.passOf(request.headers)?.device ?? null;
  const by = paired === null ? { login } : { login, paired };
  const kept = { deviceId, label, ...by, origin, ...subscription, preferences, timeZone };
  const others = (await alerts.subscriptions.all()).filter(
    (other) => other.deviceId !== deviceId && other.endpoint !== subscription.endpoint,
  );
  if (others.length >= MOST_DEVICES) {
    return failure(
      409,
      'too-many',
      `Alerts go to ${MOST_DEVICES} devices at most. Turn them off on one that you no longer use.`,
    );
  }
  await alerts.subscriptions.keep(kept, now());
  void alerts.changed();
  return answered(services, request, deviceId);
}

/** Calls a device no more; the same answer where it was not called. */
export async function postAlertRemove(services: Services, request: Request): Promise<Response> {
  const refused = await refusalOf(services, request);
  if (refused !== null) return refused;
  const { deviceId } = await body(request, NAME);
  await services.alerts.subscriptions.forget(deviceId);
  void services.alerts.changed();
  return answered(services, request, deviceId);
}

/** Sends a test to a device, and to the webhook, and tells how that went; 404 for one that is not called, 503 where nothing can be sent. */
export async function postAlertTest(services: Services, request: Request): Promise<Response> {
  const refused = await refusalOf(services, request);
  if (refused !== null) return refused;
  const { deviceId } = await body(request, NAME);
  const { alerts } = services;
  const problem = alerts.problem();
  if (problem !== null) return failure(503, 'no-alerts', problem);
  const device = await alerts.subscriptions.find(deviceId);
  if (device === null) return failure(404, 'no-such-device', 'This device gets no alerts. Turn them on first.');
  const { device: delivery, webhook } = await alerts.test(device);
  const tested = TESTED[delivery.outcome];
  const detail = [
    tested.sentence,
    'detail' in delivery ? `In its words: ${delivery.detail}.` : '',
    webhookSentence(webhook),
  ];
  return json({ outcome: tested.outcome, detail: detail.filter(Boolean).join(' ') } satisfies z.infer<
    typeof alertTestSchema
  >);
}

const TESTED = {
  sent: {
    outcome: 'sent',
    sentence: 'Sent. It should be here in a few seconds.',
  },
  gone: {
    outcome: 'gone',
    sentence: 'The push service no longer knows this device, so it was forgotten. Turn alerts off and on again.',
  },
  refused: { outcome: 'refused', sentence: 'The push service refused it.' },
  later: { outcome: 'unreachable', sentence: 'The push service could not take it now.' },
  unknown: { outcome: 'unreachable', sentence: 'The push service did not say whether it took it.' },
} as const;

function webhookSentence(delivery: Delivery | null): string {
  if (delivery === null) return '';
  if (delivery.outcome === 'sent') return 'The webhook took it too.';
  return delivery.status === null ? 'The webhook did not answer.' : `The webhook answered ${delivery.status}.`;
}

type Handed = Omit<z.infer<typeof alertDeviceRequestSchema>, 'timeZone'> & {
  readonly timeZone: string;
  readonly origin: string;
};

/** What was handed in, as far as it can be used; else the answer. */
async function handedIn(services: Services, request: Request): Promise<Handed | Response> {
  const refused = await refusalOf(services, request);
  if (refused !== null) return refused;
  const { timeZone = ownTimeZone(), ...asked } = await body(request, DEVICE);
  const { subscription, preferences } = asked;
  const origin = originOf(request.headers);
  if (origin === null) return failure(400, 'bad-host', 'The address that this was asked at cannot be read.');
  if (!isPushEndpoint(subscription.endpoint, services.config.pushHosts)) {
    return failure(
      400,
      'bad-endpoint',
      'Not an address of a push service that Lifeline knows. Its owner can add its host to PUSH_HOSTS.',
    );
  }
  if (!areUsable(subscription.keys)) return failure(400, 'bad-body', 'Nothing can be encrypted for these keys.');
  const unknown = [timeZone, preferences.quiet?.timeZone ?? timeZone].find((zone) => !isTimeZone(zone));
  if (unknown !== undefined)
    return failure(400, 'bad-body', `${JSON.stringify(unknown)} is no time zone that this machine knows.`);
  return { ...asked, timeZone, origin };
}

const ownTimeZone = (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone;

async function refusalOf({ callerOf }: Services, { headers }: Request): Promise<Response | null> {
  const leave = mayAct(await callerOf(headers), 'alert');
  return leave.allowed ? null : failure(403, 'not-owner', leave.detail);
}

const answered = async (services: Services, { headers }: Request, deviceId: string): Promise<Response> =>
  json(await readAlerts(services, { headers, query: new URLSearchParams({ device: deviceId }) }));
