import { useSyncExternalStore } from 'react';
import { type EpochMs, SECOND } from '#lib/domain/time.ts';

let now: EpochMs = 0;
let timer: ReturnType<typeof setInterval> | undefined;
const listeners = new Set<() => void>();

function tick(): void {
  now = Date.now();
  for (const listener of listeners) listener();
}

function listen(listener: () => void): () => void {
  listeners.add(listener);
  if (timer === undefined) {
    timer = setInterval(tick, SECOND);
    document.addEventListener('visibilitychange', tick);
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
    document.removeEventListener('visibilitychange', tick);
  };
}

function read(): EpochMs {
  if (timer === undefined || now === 0) now = Date.now();
  return now;
}

/** The phone's clock, a step a second, the same for everyone on the page; 0 while hydrating. */
export const useNow = (): EpochMs => useSyncExternalStore(listen, read, () => 0);
