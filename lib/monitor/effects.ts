import type { Generation, Past } from '#lib/domain/facts.ts';
import type { Failed, ProbeResult, Target } from '#lib/domain/probe.ts';
import type { Surroundings } from '#lib/domain/remedies.ts';
import type { DurationMs, EpochMs } from '#lib/domain/time.ts';
import type { Sources } from './sources.ts';

/** Where to probe. The sides are the same server by other addresses of this machine; none when it lives elsewhere. */
export type Targets = {
  readonly name: Target;
  readonly sides: readonly Target[];
  /** Whether the name is this machine's own name in the tailnet. */
  readonly ownName: boolean;
  readonly around: Surroundings;
};

/** Everything the monitor does to the world, handed in, so that a test needs no timers to fake and no network to stub. */
export type Effects = {
  readonly clock: { readonly now: () => EpochMs; readonly mono: () => DurationMs };
  /** Uptime of the machine and processor time of this process: what tells sleep from a blocked loop. */
  readonly gauge: () => { readonly uptimeMs: DurationMs; readonly cpuMs: DurationMs };
  readonly platform: string;
  /** Never rejects. `late` when our own event loop was too busy to believe the result. */
  readonly probe: (
    target: Target,
    onSilence: (soFar: Failed) => void,
  ) => Promise<{ readonly result: ProbeResult; readonly late: boolean }>;
  /** Where to probe now. Never rejects. */
  readonly targets: () => Promise<Targets>;
  /** What else can be looked at on this machine and beyond it. */
  readonly sources: Sources;
  /** When this machine slept since `from`, by its own log; null where it keeps none or does not tell. Never rejects. */
  readonly sleptSince: (from: EpochMs) => Promise<Past['lastSleep'] | null>;
  readonly isOwnAddress: (address: string) => boolean;
  /** Which generation of server answers there; null when it does not say. Never rejects. */
  readonly generation: (target: Target) => Promise<Generation | null>;
  /** Calls back once after `ms`; returns how to cancel it. */
  readonly after: (ms: DurationMs, then: () => void) => () => void;
  readonly log: Log;
};

export type Log = {
  readonly info: (fields: object, message: string) => void;
  readonly warn: (fields: object, message: string) => void;
  readonly error: (fields: object, message: string) => void;
};
