import type { AlertPreferences } from '#lib/domain/alert.ts';
import type { Subscription } from '#lib/store/subscriptions.ts';

/** Whom alerts are for: a device with its push service, or the owner's webhook. */
export type Callee = {
  readonly id: string;
  readonly preferences: AlertPreferences;
  /** IANA name. */
  readonly timeZone: string;
  /** Null for the webhook. */
  readonly subscription: Subscription | null;
};

/** No device has this name: theirs are UUIDs. */
export const WEBHOOK_ID = 'webhook';

/** The webhook is told of everything at once, and decides itself what it does with it. */
const WEBHOOK: Callee = {
  id: WEBHOOK_ID,
  preferences: { isOn: true, level: 'degraded', minimumMs: 0, quiet: null, badge: 'none' },
  timeZone: new Intl.DateTimeFormat().resolvedOptions().timeZone,
  subscription: null,
};

/** All that are called: those subscribed, and the webhook where there is one. */
export const calleesOf = (
  subscriptions: readonly Subscription[],
  { hasWebhook }: { readonly hasWebhook: boolean },
): readonly Callee[] => [
  ...subscriptions.map((subscription) => ({
    id: subscription.deviceId,
    preferences: subscription.preferences,
    timeZone: subscription.timeZone,
    subscription,
  })),
  ...(hasWebhook ? [WEBHOOK] : []),
];
