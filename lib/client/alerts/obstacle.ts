import { type DeviceKind, deviceKind, isInstalled } from '#lib/client/device-kind.ts';

/** Why a device can get no alerts, the first thing that is to be mended. no-push: this browser has no Web Push. */
export type Obstacle = 'insecure' | 'not-installed' | 'no-push' | 'denied';

export type PushFacts = {
  readonly kind: DeviceKind;
  readonly isSecure: boolean;
  readonly isInstalled: boolean;
  /** Whether there are a push manager and notifications. */
  readonly hasPush: boolean;
  readonly isDenied: boolean;
};

/** Null where alerts can be switched on. On iOS a page in Safari has no push; the same page on the home screen has. */
export function obstacleOf({
  kind,
  isSecure,
  isInstalled: isOnHomeScreen,
  hasPush,
  isDenied,
}: PushFacts): Obstacle | null {
  if (!isSecure) return 'insecure';
  if (kind === 'ios' && !isOnHomeScreen) return 'not-installed';
  if (!hasPush) return 'no-push';
  return isDenied ? 'denied' : null;
}

/** The same of this page, now. */
export const obstacleHere = (): Obstacle | null =>
  obstacleOf({
    kind: deviceKind(),
    isSecure: window.isSecureContext,
    isInstalled: isInstalled(),
    hasPush: 'Notification' in window && ('PushManager' in window || 'pushManager' in window),
    isDenied: 'Notification' in window && Notification.permission === 'denied',
  });
