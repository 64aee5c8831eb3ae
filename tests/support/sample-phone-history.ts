import type { PhoneHistory } from '#lib/contract/phone.ts';
import { type EpochMs, MINUTE } from '#lib/domain/time.ts';
import { intervalOf, type Window } from '#lib/domain/window.ts';

/** A phone that was used now and then, and could not reach the Mac for six minutes of the last hour but one. */
export function samplePhoneHistory(window: Window, now: EpochMs, change: Partial<PhoneHistory> = {}): PhoneHistory {
  const { from, to, bucketMs } = intervalOf(window, now);
  const steps = Array.from({ length: Math.ceil((to - from) / bucketMs) }, (_, nth) => nth);
  const used = steps.filter((nth) => nth % 40 > 22);
  const lostAt = steps.length - 20;
  return {
    window,
    from,
    to,
    bucketMs,
    buckets: used.map((nth) => {
      const isLost = nth === lostAt || nth === lostAt + 1;
      const p50Ms = 38 + 22 * Math.sin(nth / 3) + (nth % 7);
      return {
        at: from + nth * bucketMs,
        answered: isLost ? 0 : 20,
        failed: isLost ? 24 : 0,
        ...(isLost ? {} : { p50Ms, p95Ms: p50Ms * 2 }),
      };
    }),
    latency: { p50Ms: 41, p95Ms: 96 },
    outages: [
      {
        from: now - 102 * MINUTE,
        to: now - 96 * MINUTE,
        device: 'iphone',
        verdict: 'phone-path',
        sentence:
          'The Mac answered itself all the time; iphone could not reach it for 6 min: Tailscale on the phone, or the phone’s network.',
      },
    ],
    servedAt: now,
    ...change,
  };
}
