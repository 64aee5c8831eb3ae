/** What is used of a service worker's own world, since `lib.webworker` cannot stand beside `lib.dom`. See the Service Workers and Push API standards. */
export type WorkerScope = {
  readonly addEventListener: <Name extends keyof WorkerEvents>(
    name: Name,
    listener: (event: WorkerEvents[Name]) => void,
  ) => void;
  readonly registration: Pick<ServiceWorkerRegistration, 'showNotification' | 'pushManager'>;
  readonly clients: {
    readonly matchAll: (of: { type: 'window'; includeUncontrolled: true }) => Promise<readonly OpenWindow[]>;
    readonly openWindow: (url: string) => Promise<unknown>;
  };
  readonly location: { readonly origin: string };
  readonly navigator: { readonly setAppBadge?: (count: number) => Promise<void> };
};

/** A window of this app. */
export type OpenWindow = {
  readonly visibilityState: DocumentVisibilityState;
  /** Rejects where nobody tapped. */
  readonly focus: () => Promise<unknown>;
  /** Rejects for a window that another worker answers for. */
  readonly navigate: (url: string) => Promise<unknown>;
  readonly postMessage: (message: unknown, transfer: Transferable[]) => void;
};

/** Keeps the worker awake until the promise settles. */
type Lasting = { readonly waitUntil: (promise: Promise<unknown>) => void };

export type WorkerEvents = {
  readonly activate: Lasting;
  readonly push: Lasting & { readonly data: { readonly text: () => string } | null };
  readonly notificationclick: Lasting & { readonly notification: TappedNotification };
  readonly pushsubscriptionchange: Lasting & { readonly newSubscription?: PushSubscription | null };
};

/** `navigate` is there where the notification was a declarative one (WebKit 16535). */
export type TappedNotification = {
  readonly data: unknown;
  readonly navigate?: string | null;
  readonly close: () => void;
};
