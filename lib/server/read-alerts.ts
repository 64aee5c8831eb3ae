import * as z from 'zod/mini';
import type { Alerts } from '#lib/contract/alerts.ts';
import { deviceIdSchema } from '#lib/contract/phone.ts';
import type { Subscription } from '#lib/store/subscriptions.ts';
import { mayAct } from './owner.ts';
import { parameter } from './respond.ts';
import type { Services } from './services.ts';

const DEVICE = { schema: z.nullable(deviceIdSchema), otherwise: null, expected: 'a device’s id, which is a UUID' };

/** What this device needs to be called, and how it is. Of devices only those who may change it are told. */
export async function readAlerts(
  { alerts, callerNow, now }: Services,
  { headers, query }: { readonly headers: Headers; readonly query: URLSearchParams },
): Promise<Alerts> {
  const deviceId = parameter(query, 'device', DEVICE);
  const leave = mayAct(await callerNow(headers), 'alert');
  const known = deviceId === null || !leave.allowed ? null : await alerts.subscriptions.find(deviceId);
  return {
    publicKey: alerts.carrier.publicKey(),
    problem: alerts.problem(),
    device: known === null ? null : viewOf(known),
    webhook: alerts.carrier.webhook(),
    refusal: leave.allowed ? null : leave.detail,
    servedAt: now(),
  };
}

const viewOf = (known: Subscription): Alerts['device'] => {
  const { deviceId, label, endpoint, preferences, lastOkAt, lastTry, lastStatus } = known;
  return { deviceId, label, endpoint, preferences, lastOkAt, lastTry, lastStatus };
};
