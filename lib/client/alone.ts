import { SECOND } from '#lib/domain/time.ts';

/** Longer than a request of another window takes. After it the lock is ignored: Lifeline counts nothing twice. */
const LOCK_TIMEOUT_MS = 15 * SECOND;

/** Does the work while no other window of this phone does what goes by this name. */
export async function alone(name: string, work: () => Promise<void>): Promise<void> {
  // Missing without HTTPS.
  if (!('locks' in navigator)) return work();
  let isBegun = false;
  try {
    await navigator.locks.request(name, { signal: AbortSignal.timeout(LOCK_TIMEOUT_MS) }, () => {
      isBegun = true;
      return work();
    });
  } catch (failure) {
    if (isBegun) throw failure;
    await work();
  }
}
