import type { Facts } from '#lib/domain/facts.ts';
import type { Health } from '#lib/domain/health.ts';
import type { Answered, Failed, Phase, Reason, Target } from '#lib/domain/probe.ts';
import type { Surroundings } from '#lib/domain/remedies.ts';

/** The moment of every made fact. */
export const AT = Date.UTC(2026, 10, 23, 14, 2, 11);

const target = (kind: Target['kind'] = 'name'): Target =>
  kind === 'name'
    ? { kind, url: 'http://macbook.tail1234.ts.net:8000/health' }
    : { kind, url: 'http://127.0.0.1:8000/health', address: kind === 'loopback' ? '127.0.0.1' : '100.64.0.7' };

const HEALTHY: Health = { server: 'ok', ankiAddon: 'ok', ankiConnect: 'ok', ankiRunning: 'ok' };

/** An answer as the review server gives it, in 4 ms unless told. */
export function answered(
  health: Partial<Health> = {},
  { totalMs = 4, kind = 'name' }: { totalMs?: number; kind?: Target['kind'] } = {},
): Answered {
  return {
    target: target(kind),
    startedAt: AT,
    address: kind === 'loopback' ? '127.0.0.1' : '100.64.0.7',
    timings: { tcp: 1, firstByte: totalMs - 2, download: 1 },
    totalMs,
    outcome: 'answered',
    status: 200,
    health: { ...HEALTHY, ...health },
  };
}

type Also = Partial<Omit<Failed, 'target'>> & { readonly kind?: Target['kind'] };

/** A failure for `reason` in `failedIn`, after 2 ms unless told. */
export function failed(reason: Reason, failedIn: Phase = 'tcp', { kind = 'name', ...also }: Also = {}): Failed {
  return {
    target: target(kind),
    startedAt: AT,
    timings: { [failedIn]: 2 },
    totalMs: 2,
    outcome: 'failed',
    failedIn,
    reason,
    ...also,
  };
}

/** What the phone's name shows, with this machine's own addresses beside it. */
export const facts = (name: Facts['name'], others: Omit<Partial<Facts>, 'name'> = {}): Facts => ({
  here: true,
  name,
  ...others,
});

/** What the owner told of the server at these addresses. */
export const around: Surroundings = { port: 8_000, host: 'macbook.tail1234.ts.net' };
