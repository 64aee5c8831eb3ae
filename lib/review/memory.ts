import type { DurationMs } from '#lib/domain/time.ts';

/** What was learnt lately, by a name. */
export type Memory<Value> = {
  /** Undefined for what was never learnt, or longer ago than it is kept. */
  readonly recall: (name: string) => Value | undefined;
  readonly keep: (name: string, value: Value) => void;
};

/** More than this many, and everything is learnt anew. */
const MOST = 1_000;

/** Keeps each value for so long, by a monotonic clock. */
export function createMemory<Value>(
  keptMs: DurationMs,
  now: () => DurationMs = () => performance.now(),
): Memory<Value> {
  const kept = new Map<string, { readonly at: DurationMs; readonly value: Value }>();
  return {
    recall: (name) => {
      const found = kept.get(name);
      return found !== undefined && now() - found.at < keptMs ? found.value : undefined;
    },
    keep: (name, value) => {
      if (kept.size >= MOST) kept.clear();
      kept.set(name, { at: now(), value });
    },
  };
}
