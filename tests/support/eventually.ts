import { vi } from 'vitest';

/** Longer than anything takes on a busy machine; Vitest's own second is not. */
const TIMEOUT_MS = 20_000;

/** Checks again until it throws no more; tells what the check told. */
export const eventually = <T>(check: () => T | Promise<T>) => vi.waitFor(check, { timeout: TIMEOUT_MS });

/** Asks again until it is so. */
export const until = (isSo: () => boolean | Promise<boolean>) => vi.waitUntil(isSo, { timeout: TIMEOUT_MS });
