import { deviceId } from '#lib/client/device.ts';
import { ownLabel } from '#lib/client/device-kind.ts';
import { ask, bodyOf, REQUEST_TIMEOUT_MS, RequestFailure, readReply } from '#lib/client/request.ts';
import { type AlertTest, alertTestSchema, subscriptionSchema } from '#lib/contract/alerts.ts';
import { type DurationMs, SECOND } from '#lib/domain/time.ts';
import { noteDevice } from './device-note.ts';
import { keptAlerts } from './kept-alerts.ts';
import { keyOf } from './subscription.ts';
import { ownTimeZone } from './time-zone.ts';

/** The Mac gives the push service 10 s. */
const TEST_WITHIN_MS: DurationMs = 15 * SECOND;

const post = (path: string, body: unknown, withinMs: DurationMs = REQUEST_TIMEOUT_MS) =>
  ask(`/api/alerts/${path}`, withinMs, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

let turn: Promise<unknown> = Promise.resolve();

/** One after the other: of two that are under way the earlier could arrive last, and would hold. */
function inTurn<Value>(tell: () => Promise<Value>): Promise<Value> {
  const told = turn.then(tell);
  turn = told.catch(() => undefined);
  return told;
}

/** What is told of this device, with quiet hours by the clock of where it is now. */
function ownDevice() {
  const { preferences } = keptAlerts.read();
  const timeZone = ownTimeZone();
  const quiet = preferences.quiet === null ? null : { ...preferences.quiet, timeZone };
  return { deviceId: deviceId(), label: ownLabel(), timeZone, preferences: { ...preferences, quiet } };
}

/** Tells the Mac how this device wants to be called by then, and by which subscription. Throws a RequestFailure. */
export async function tellMac(subscription: PushSubscription): Promise<void> {
  const read = subscriptionSchema.safeParse(subscription.toJSON());
  if (!read.success) throw new RequestFailure('unreadable', 'This browser’s subscription has no keys.', read.error);
  const { data } = read;
  await inTurn(async () => {
    const device = ownDevice();
    bodyOf(await post('device', { ...device, subscription: data }));
    await noteDevice({ ...device, publicKey: keyOf(subscription) });
  });
}

/** Tells the Mac to forget this device. Throws a RequestFailure. */
export const askToForget = (): Promise<void> =>
  inTurn(async () => {
    await noteDevice(null);
    bodyOf(await post('remove', { deviceId: deviceId() }));
  });

/** Has the Mac send an alert to this device alone; how that went. Throws a RequestFailure. */
export const askForTest = async (): Promise<AlertTest> =>
  readReply(await post('test', { deviceId: deviceId() }, TEST_WITHIN_MS), alertTestSchema);
