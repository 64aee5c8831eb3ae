import type { ProbeResult } from './probe.ts';
import type { EpochMs } from './time.ts';

/** Which `/current` a review server has: the old one asks the bridge add-on, the new one AnkiConnect. */
export const GENERATIONS = ['bridge', 'ankiconnect'] as const;
export type Generation = (typeof GENERATIONS)[number];

/** One observation with its time. An observation that could not be made is absent: unknown proves nothing. */
export type Fact<T> = { readonly value: T; readonly at: EpochMs };

/**
 * What is known when a diagnosis is made. The probe at the name is always there; the others only where they were made in
 * the same situation, so that yesterday's answer on loopback never explains today's refusal.
 * The host's own facts (listeners, processes, service manager, power, firewall) join here as further optional fields.
 */
export type Facts = {
  readonly name: ProbeResult;
  readonly tailnet?: ProbeResult;
  readonly loopback?: ProbeResult;
  /** Whether the address behind the name belongs to this machine; absent when it was not resolved. */
  readonly here?: boolean;
  /** Whether the name is this machine's own name in the tailnet, so that it ought to lead here. */
  readonly ownName?: boolean;
  readonly generation?: Fact<Generation>;
};
