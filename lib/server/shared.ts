import type { DurationMs } from '#lib/domain/time.ts';

/** Asks at most once in so long, counted from when it began: whoever asks meanwhile gets the same answer. */
export function shared<Value>(ms: DurationMs, ask: () => Promise<Value>): () => Promise<Value> {
  let last: { readonly at: DurationMs; readonly answer: Promise<Value> } | null = null;
  return () => {
    const at = performance.now();
    if (last === null || at - last.at >= ms) last = { at, answer: ask() };
    return last.answer;
  };
}
