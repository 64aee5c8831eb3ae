import type { DurationMs } from '#lib/domain/time.ts';
import type { Clock } from './clock.ts';

/**
 * Calls `ring` once, when `mono` has reached `dueAt` and never before; returns what calls it off. A bare timer counts from
 * when the event loop last looked at its clock, so after a busy stretch it fires early by that much.
 */
export function alarm(clock: Clock, dueAt: DurationMs, ring: () => void): () => void {
  let timer: NodeJS.Timeout;
  const look = () => {
    const left = dueAt - clock.mono();
    if (left <= 0) ring();
    else timer = setTimeout(look, Math.ceil(left));
  };
  timer = setTimeout(look, Math.max(0, Math.ceil(dueAt - clock.mono())));
  return () => clearTimeout(timer);
}
