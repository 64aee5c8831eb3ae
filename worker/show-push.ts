import type { WorkerEvents, WorkerScope } from './platform.ts';
import { readPush, type Shown } from './read-push.ts';

/** Absent from `lib.dom`; a notification that replaces another one is heard only with it. iOS knows neither, and shows both. */
type Heard = NotificationOptions & { readonly renotify: boolean };

/**
 * Shows what was pushed, at once and whatever is open, then sets the badge. Nothing here waits for a network: no picture either,
 * because a browser shows the alert when it has loaded it, and the phone may not reach the Mac.
 */
export function onPush(scope: WorkerScope, event: WorkerEvents['push']): void {
  const { title, body, navigate, tag, badge } = readPush(textOf(event.data));
  const options: Heard = { body, tag, renotify: tag !== '', lang: 'en', data: { navigate } };
  const shown = scope.registration.showNotification(title, options);
  event.waitUntil(Promise.all([shown, setBadge(scope, badge)]));
}

/** Null for bytes that are no text. */
function textOf(data: WorkerEvents['push']['data']): string | null {
  try {
    return data?.text() ?? null;
  } catch {
    return null;
  }
}

/** A browser may know no badge, or refuse it to an app that is not installed. */
async function setBadge({ navigator }: WorkerScope, badge: Shown['badge']): Promise<void> {
  if (badge !== null) await navigator.setAppBadge?.(badge).catch(() => undefined);
}
