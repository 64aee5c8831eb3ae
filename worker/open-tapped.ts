import type { OpenMessage } from '#lib/contract/from-worker.ts';
import type { OpenWindow, TappedNotification, WorkerEvents, WorkerScope } from './platform.ts';

/** A page that is awake answers within milliseconds; one that iOS has frozen, not at all. */
const ANSWER_WITHIN_MS = 1_000;

/** Brings the app to what a tapped alert is about: in the window that is open, else in a new one. */
export function onNotificationClick(scope: WorkerScope, event: WorkerEvents['notificationclick']): void {
  event.notification.close();
  event.waitUntil(open(scope, addressOf(event.notification, scope.location.origin)));
}

/** Only ever one of this app's own; its front for any other. */
function addressOf({ data, navigate }: TappedNotification, origin: string): string {
  const given: unknown = Object(data).navigate ?? navigate;
  try {
    // `URL.parse` came to iOS two years after push.
    const url = new URL(typeof given === 'string' ? given : '/', origin);
    if (url.origin === origin) return url.href;
  } catch {
    // No address at all.
  }
  return `${origin}/`;
}

async function open({ clients }: WorkerScope, url: string): Promise<void> {
  const windows = await clients.matchAll({ type: 'window', includeUncontrolled: true });
  const window = windows.find(({ visibilityState }) => visibilityState === 'visible') ?? windows[0];
  if (window === undefined) {
    await clients.openWindow(url);
    return;
  }
  // Refused where nobody tapped; the window goes there all the same.
  await window.focus().catch(() => undefined);
  if (await takes(window, url)) return;
  await window.navigate(url).catch(() => clients.openWindow(url));
}

/** Whether the window answers that it goes there by itself. */
function takes(window: OpenWindow, url: string): Promise<boolean> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    const timer = setTimeout(() => end(false), ANSWER_WITHIN_MS);
    const end = (isTaken: boolean): void => {
      clearTimeout(timer);
      port1.close();
      resolve(isTaken);
    };
    port1.onmessage = () => end(true);
    window.postMessage({ kind: 'lifeline.open', url } satisfies OpenMessage, [port2]);
  });
}
