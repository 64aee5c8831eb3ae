import * as z from 'zod/mini';
import { ALERT_LEVELS, type AlertPreferences, BADGES, LAST_TRIES } from '#lib/domain/alert.ts';
import { HOUR } from '#lib/domain/time.ts';
import { deviceIdSchema } from './phone.ts';

const epochMs = z.int();
const timeOfDay = z.string().check(z.regex(/^([01]\d|2[0-3]):[0-5]\d$/));
/** base64url without padding, as `PushSubscription.toJSON()` gives it. */
const base64url = z.string().check(z.regex(/^[\w-]{1,200}$/));

export const alertPreferencesSchema: z.ZodMiniType<AlertPreferences> = z.object({
  isOn: z.boolean(),
  level: z.enum(ALERT_LEVELS),
  minimumMs: z.int().check(z.gte(0), z.lte(24 * HOUR)),
  quiet: z.nullable(
    z.object({ from: timeOfDay, to: timeOfDay, timeZone: z.string().check(z.minLength(1), z.maxLength(64)) }),
  ),
  badge: z.enum(BADGES),
});

/** What a browser's `PushSubscription.toJSON()` holds, as far as it is needed (RFC 8291: P-256 key and 16-byte secret). */
export const subscriptionSchema = z.object({
  endpoint: z.string().check(z.maxLength(2_000)),
  keys: z.object({ p256dh: base64url, auth: base64url }),
});

/** `POST /api/alerts/device`, at each start of the app too: subscriptions move, and nobody tells. */
export const alertDeviceRequestSchema = z.object({
  deviceId: deviceIdSchema,
  /** What the device calls itself, such as `iPhone · Home Screen`. */
  label: z.string().check(z.minLength(1), z.maxLength(80)),
  subscription: subscriptionSchema,
  preferences: alertPreferencesSchema,
  /** Where the device is, as an IANA name: texts tell times by its clock. Left out: by the Mac's. */
  timeZone: z.optional(z.string().check(z.minLength(1), z.maxLength(64))),
});

/** `POST /api/alerts/remove` and `POST /api/alerts/test`. */
export const alertDeviceNameSchema = z.object({ deviceId: deviceIdSchema });

/** How messages fared with who takes them. */
const deliveries = {
  /** When the last one was taken; null before the first. */
  lastOkAt: z.nullable(epochMs),
  lastTry: z.enum(LAST_TRIES),
  /** What the last one was answered; null where it was not, or Lifeline was started since. */
  lastStatus: z.nullable(z.int()),
};

const alertDeviceSchema = z.object({
  deviceId: deviceIdSchema,
  label: z.string(),
  endpoint: z.string(),
  preferences: alertPreferencesSchema,
  ...deliveries,
});

/** `GET /api/alerts?device=…`. */
export const alertsSchema = z.object({
  /** base64url of the 65-byte point; the `applicationServerKey` of `subscribe`. Null when there is none (see `problem`). */
  publicKey: z.nullable(z.string()),
  /** Why no alert can be sent, in a sentence that says what to do; null when all is well. */
  problem: z.nullable(z.string()),
  /** This device as the Mac knows it; null when it gets no alerts. */
  device: z.nullable(alertDeviceSchema),
  /** Whether `ALERT_WEBHOOK_URL` is set, and how its last message went. */
  webhook: z.nullable(z.object(deliveries)),
  /** Null for who may set alerts; else a sentence that says who may. */
  refusal: z.nullable(z.string()),
  servedAt: epochMs,
});
export type Alerts = z.infer<typeof alertsSchema>;

/** How a test alert went. `gone`: the push service no longer knows the subscription, which is forgotten. */
const ALERT_TEST_OUTCOMES = ['sent', 'gone', 'refused', 'unreachable'] as const;
export const alertTestSchema = z.object({ outcome: z.enum(ALERT_TEST_OUTCOMES), detail: z.string() });
export type AlertTest = z.infer<typeof alertTestSchema>;

/**
 * What is pushed: declarative web push (WebKit 16535), read by the worker's classic `push` handler too. `navigate` is a whole
 * address of the app; `app_badge` is left out where the device wants none.
 */
export const pushMessageSchema = z.object({
  web_push: z.literal(8030),
  notification: z.object({
    title: z.string(),
    body: z.string(),
    navigate: z.string(),
    tag: z.string(),
    lang: z.literal('en'),
  }),
  app_badge: z.optional(z.int().check(z.gte(0))),
});
export type PushMessage = z.infer<typeof pushMessageSchema>;

/** What `ALERT_WEBHOOK_URL` gets as JSON. */
export const webhookMessageSchema = z.object({
  kind: z.enum(['began', 'ended', 'test']),
  /** The sentence that a phone would show. */
  text: z.string(),
  incidentId: z.nullable(z.string()),
  level: z.nullable(z.enum(ALERT_LEVELS)),
  cause: z.nullable(z.string()),
  startedAt: z.nullable(epochMs),
  endedAt: z.nullable(epochMs),
  /** The incident's screen; null where Lifeline has no address that others can open. */
  url: z.nullable(z.string()),
});
