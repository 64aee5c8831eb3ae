import { deviceId } from '#lib/client/device.ts';
import { ownLabel } from '#lib/client/device-kind.ts';
import { ask, bodyOf, REQUEST_TIMEOUT_MS, RequestFailure, readReply } from '#lib/client/request.ts';
import { type AlertTest, alertTestSchema, subscriptionSchema } from '#lib/contract/alerts.ts';
import type { AlertPreferences } from '#lib/domain/alert.ts';
import { type DurationMs, SECOND } from '#lib/domain/time.ts';
import { noteDevice } from './device-note.ts';
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

/** What is told of this device, with quiet hours by the clock of where it is now. */
function ownDevice(preferences: AlertPreferences) {
  const timeZone = ownTimeZone();
  const quiet = preferences.quiet === null ? null : { ...preferences.quiet, timeZone };
  return { deviceId: deviceId(), label: ownLabel(), timeZone, preferences: { ...preferences, quiet } };
}

/** Tells the Mac how this device wants to be called, and by which subscription. Throws a RequestFailure. */
export async function tellMac(subscription: PushSubscription, preferences: AlertPreferences): Promise<void> {
  const read = subscriptionSchema.safeParse(subscription.toJSON());
  if (!read.success) throw new RequestFailure('unreadable', 'This browser’s subscription has no keys.', read.error);
  const device = ownDevice(preferences);
  bodyOf(await post('device', { ...device, subscription: read.data }));
  await noteDevice({ ...device, publicKey: keyOf(subscription) });
}

/** Tells the Mac to forget this device. Throws a RequestFailure. */
export async function askToForget(): Promise<void> {
  await noteDevice(null);
  bodyOf(await post('remove', { deviceId: deviceId() }));
}

/** Has the Mac send an alert to this device alone; how that went. Throws a RequestFailure. */
export const askForTest = async (): Promise<AlertTest> =>
  readReply(await post('test', { deviceId: deviceId() }, TEST_WITHIN_MS), alertTestSchema);
