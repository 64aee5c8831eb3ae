import * as z from 'zod/mini';
import { openMessageSchema } from '#lib/contract/from-worker.ts';
import { type DurationMs, HOUR, SECOND } from '#lib/domain/time.ts';
import { handIn } from './hand-in.ts';

/** An app on a home screen is resumed for weeks without a start. */
const AGAIN_AFTER_MS: DurationMs = 24 * HOUR;
/** iOS lets the first request after a resume fail. */
const RETRY_MS: DurationMs = 2 * SECOND;

/** Brings the Mac up to date at each start, and on a return after a day or after a failure. Returns how to stop. */
export function keepAlerts(): () => void {
  let settledAt: number | null = null;
  let retry: ReturnType<typeof setTimeout> | undefined;
  const settle = async (mayRetry: boolean): Promise<void> => {
    const { kind } = await handIn();
    if (kind === 'settled') settledAt = performance.now();
    else if (mayRetry) retry = setTimeout(settle, RETRY_MS, false);
  };
  const onReturn = (): void => {
    if (document.visibilityState !== 'visible') return;
    if (settledAt === null || performance.now() - settledAt > AGAIN_AFTER_MS) void settle(true);
  };
  onReturn();
  document.addEventListener('visibilitychange', onReturn);
  return () => {
    clearTimeout(retry);
    document.removeEventListener('visibilitychange', onReturn);
  };
}

/** Goes where a tapped alert leads, when the worker says so, and answers that it does. Returns how to stop. */
export function followAlerts(): () => void {
  if (!('serviceWorker' in navigator)) return () => undefined;
  const workers = navigator.serviceWorker;
  const onMessage = ({ data, ports }: MessageEvent): void => {
    const read = z.safeParse(openMessageSchema, data);
    if (!read.success || !read.data.url.startsWith(`${window.location.origin}/`)) return;
    ports[0]?.postMessage('going');
    window.location.assign(read.data.url);
  };
  workers.addEventListener('message', onMessage);
  workers.startMessages();
  return () => workers.removeEventListener('message', onMessage);
}
