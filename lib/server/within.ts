import { setTimeout as pause } from 'node:timers/promises';
import type { DurationMs } from '#lib/domain/time.ts';

/** What was asked, or `otherwise` when that takes longer; the asking goes on, and nobody waits for it. */
export async function within<Value, Otherwise>(
  ms: DurationMs,
  asked: Promise<Value>,
  otherwise: Otherwise,
): Promise<Value | Otherwise> {
  const ending = new AbortController();
  const late = pause(ms, otherwise, { ref: false, signal: ending.signal }).catch(() => otherwise);
  try {
    return await Promise.race([asked, late]);
  } finally {
    ending.abort();
  }
}
