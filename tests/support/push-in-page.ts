import type { CDPSession, Page, Worker } from '@playwright/test';
import type { FakePhone } from './fake-push-service.ts';

type Subscription = FakePhone['subscription'];

/**
 * A push manager for pages of this context that subscribes at the test's own push service, since a browser's own wants one on the
 * internet: each subscription in turn, the first one again after the last. Notes the badge, which nobody can look at here.
 */
export async function subscribeInPage(page: Page, subscriptions: readonly Subscription[]): Promise<void> {
  await page.addInitScript((given: readonly Subscription[]) => {
    const KEPT = 'test.push';
    type Kept = { readonly turn: number; readonly key: string };
    const kept = (): Kept | null => JSON.parse(localStorage.getItem(KEPT) ?? 'null');
    const made = ({ turn, key }: Kept): unknown => {
      const subscription = given[turn % given.length];
      const bytes = Uint8Array.from(atob(key.replaceAll('-', '+').replaceAll('_', '/')), (one) => one.charCodeAt(0));
      return {
        endpoint: subscription?.endpoint,
        options: { applicationServerKey: bytes.buffer, userVisibleOnly: true },
        toJSON: () => subscription,
        unsubscribe: async () => {
          localStorage.removeItem(KEPT);
          localStorage.setItem(`${KEPT}.turn`, String(turn + 1));
          return true;
        },
      };
    };
    const manager = {
      getSubscription: async () => {
        const own = kept();
        return own === null ? null : made(own);
      },
      subscribe: async ({ applicationServerKey }: { applicationServerKey: string }) => {
        const own = { turn: Number(localStorage.getItem(`${KEPT}.turn`) ?? 0), key: applicationServerKey };
        localStorage.setItem(KEPT, JSON.stringify(own));
        return made(own);
      },
    };
    Object.assign(PushManager.prototype, manager);
    Object.assign(Navigator.prototype, {
      setAppBadge: async (count: number) => localStorage.setItem('test.badge', String(count)),
    });
  }, subscriptions);
}

/** The number that pages of this context have set on the icon last; null for none. */
export const badgeInPage = (page: Page): Promise<string | null> =>
  page.evaluate(() => localStorage.getItem('test.badge'));

export type ShownNotification = { readonly title: string; readonly body: string; readonly tag: string };

/** The real worker of a page, to which the browser hands what is pushed. */
export type PushedWorker = {
  /** Hands it a message; what it shows comes a moment later. */
  readonly deliver: (text: string) => Promise<void>;
  readonly shown: () => Promise<readonly ShownNotification[]>;
  /** The numbers that it has set on the icon. */
  readonly badges: () => Promise<readonly number[]>;
  /** As a tap on the notification of that tag, but that the browser does not count it as one. */
  readonly tap: (tag: string) => Promise<void>;
  /** As a browser that has replaced the subscription by this one. */
  readonly replace: (subscription: Subscription) => Promise<void>;
};

/** Takes hold of the worker that serves this page. */
export async function pushedWorker(page: Page): Promise<PushedWorker> {
  const context = page.context();
  const origin = new URL(page.url()).origin;
  const cdp = await context.newCDPSession(page);
  const registrationId = await registrationOf(cdp, origin);
  const worker = (): Worker => {
    const [own] = context.serviceWorkers().filter((one) => one.url().startsWith(origin));
    if (own === undefined) throw new Error('The page has no worker.');
    return own;
  };
  await worker().evaluate(() => {
    const badges: number[] = [];
    Object.assign(self, { badges });
    Object.assign(Object.getPrototypeOf(navigator), { setAppBadge: async (count: number) => void badges.push(count) });
  });
  const shown = () =>
    page.evaluate(async () => {
      const registration = await navigator.serviceWorker.ready;
      const all = await registration.getNotifications();
      return all.map(({ title, body, tag }) => ({ title, body, tag }));
    });
  return {
    shown,
    badges: () => worker().evaluate(() => Reflect.get(self, 'badges')),
    deliver: async (data) => {
      await cdp.send('ServiceWorker.deliverPushMessage', { origin, registrationId, data });
    },
    tap: (tag) =>
      worker().evaluate(async (of) => {
        const scope = self as unknown as {
          readonly registration: ServiceWorkerRegistration;
          readonly NotificationEvent: new (name: string, about: { notification: Notification | undefined }) => Event;
        };
        const [notification] = await scope.registration.getNotifications({ tag: of });
        self.dispatchEvent(new scope.NotificationEvent('notificationclick', { notification }));
      }, tag),
    replace: (subscription) =>
      worker().evaluate((newSubscription) => {
        const scope = self as unknown as { readonly ExtendableEvent: new (name: string) => Event };
        const event = new scope.ExtendableEvent('pushsubscriptionchange');
        self.dispatchEvent(Object.assign(event, { newSubscription }));
      }, subscription),
  };
}

function registrationOf(cdp: CDPSession, origin: string): Promise<string> {
  return new Promise((resolve) => {
    cdp.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const own = registrations.find(({ scopeURL, isDeleted }) => scopeURL.startsWith(origin) && !isDeleted);
      if (own !== undefined) resolve(own.registrationId);
    });
    void cdp.send('ServiceWorker.enable');
  });
}
