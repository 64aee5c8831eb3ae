import type { Fact, Generation } from '#lib/domain/facts.ts';
import { isOk } from '#lib/domain/health.ts';
import type { ProbeResult } from '#lib/domain/probe.ts';
import { type DurationMs, MINUTE, SECOND } from '#lib/domain/time.ts';
import type { Effects } from './effects.ts';

/** How long a review server's generation is believed while it answers without interruption. */
const BELIEVED_MS = 10 * MINUTE;
/** One that did not say is asked again soon: its first answer after a start is slow. */
const AGAIN_MS = 30 * SECOND;

/** Asks for the generation where it matters: the add-on's silence is a fault only of servers that still use it. */
export type GenerationWatch = {
  /** What it learned after this probe; null when there was nothing to ask or no answer. Never rejects. */
  readonly ask: (result: ProbeResult) => Promise<Fact<Generation> | null>;
  readonly forget: () => void;
};

export function createGenerationWatch({ clock, generation }: Pick<Effects, 'clock' | 'generation'>): GenerationWatch {
  let dueAt: DurationMs = clock.mono();
  const forget = (): void => {
    dueAt = clock.mono();
  };
  return {
    forget,
    ask: async (result) => {
      if (result.outcome === 'failed') forget();
      if (result.outcome === 'failed' || isOk(result.health.ankiAddon) || clock.mono() < dueAt) return null;
      dueAt = clock.mono() + AGAIN_MS;
      const address = result.address === undefined ? {} : { address: result.address };
      const value = await generation({ ...result.target, ...address });
      if (value === null) return null;
      dueAt = clock.mono() + BELIEVED_MS;
      return { value, at: result.startedAt };
    },
  };
}
