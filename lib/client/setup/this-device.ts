import { useCallback, useEffect, useState } from 'react';
import { type DeviceKind, deviceKind, isInstalled } from '#lib/client/device-kind.ts';
import { SECOND } from '#lib/domain/time.ts';

/** What the page can find out about the device it is on, without anybody's answer. Null: the browser does not say. */
export type ThisDevice = {
  readonly kind: DeviceKind;
  /** Https, or this machine itself: only then there are workers, notifications and storage that lasts. */
  readonly isSecure: boolean;
  readonly isHttps: boolean;
  /** Where this app lives: https and name are its identity. */
  readonly origin: string;
  /** Opened from the home screen. */
  readonly isInstalled: boolean;
  readonly storage: { readonly isPersisted: boolean; readonly usedBytes: number | null } | null;
  readonly worker: WorkerState;
};

/**
 * Of the service worker. none: it is not registered yet. arriving: it is there, and does not serve this page yet. `files`: how
 * many are held, so that the app opens without the Mac. waiting: a newer one has taken over since this page was loaded, or is
 * about to.
 */
export type WorkerState = {
  readonly state: 'unsupported' | 'none' | 'arriving' | 'controls' | 'waiting';
  readonly files: number;
};

const LOOK_EVERY_MS = 5 * SECOND;
/** Storage of iOS may be silent for half an hour; a healthy one takes milliseconds. */
const PATIENCE_MS = 1_500;

const silence = (ms: number) => new Promise<null>((resolve) => setTimeout(resolve, ms, null));
/** The value, or null where it is refused or does not come. */
const orNull = <Value>(asked: Promise<Value>): Promise<Value | null> =>
  Promise.race([asked.catch(() => null), silence(PATIENCE_MS)]);

async function storageNow(): Promise<ThisDevice['storage']> {
  // Absent without https.
  if (!('storage' in navigator) || !('persisted' in navigator.storage)) return null;
  const [isPersisted, estimate] = await Promise.all([
    orNull(navigator.storage.persisted()),
    'estimate' in navigator.storage ? orNull(navigator.storage.estimate()) : null,
  ]);
  return isPersisted === null ? null : { isPersisted, usedBytes: estimate?.usage ?? null };
}

async function filesHeld(): Promise<number> {
  const names = (await caches.keys()).filter((name) => name.includes('precache'));
  const held = await Promise.all(names.map(async (name) => (await (await caches.open(name)).keys()).length));
  return held.reduce((sum, count) => sum + count, 0);
}

/** The worker that served this page first. */
let firstController: ServiceWorker | null = null;

async function workerNow(): Promise<WorkerState> {
  if (!('serviceWorker' in navigator)) return { state: 'unsupported', files: 0 };
  const { serviceWorker: workers } = navigator;
  const registration = await orNull(workers.getRegistration());
  if (registration == null) return { state: 'none', files: 0 };
  const files = (await orNull(filesHeld())) ?? 0;
  const { controller } = workers;
  if (controller === null) return { state: 'arriving', files };
  firstController ??= controller;
  const isNewer = registration.waiting !== null || controller !== firstController;
  return { state: isNewer ? 'waiting' : 'controls', files };
}

async function lookAtThisDevice(): Promise<ThisDevice> {
  const [storage, worker] = await Promise.all([storageNow(), workerNow()]);
  return {
    kind: deviceKind(),
    isSecure: window.isSecureContext,
    isHttps: window.location.protocol === 'https:',
    origin: window.location.origin,
    isInstalled: isInstalled(),
    storage,
    worker,
  };
}

/** What this device says of itself, looked at every 5 s while it is seen and at once on return; null before the first look. */
export function useThisDevice(): { readonly device: ThisDevice | null; readonly lookAgain: () => Promise<void> } {
  const [device, setDevice] = useState<ThisDevice | null>(null);
  const lookAgain = useCallback(async () => {
    if (document.visibilityState === 'visible') setDevice(await lookAtThisDevice());
  }, []);
  useEffect(() => {
    void lookAgain();
    const timer = setInterval(lookAgain, LOOK_EVERY_MS);
    document.addEventListener('visibilitychange', lookAgain);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', lookAgain);
    };
  }, [lookAgain]);
  return { device, lookAgain };
}
