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

/**
 * Asks one question at a time, in their order. Whoever has the same one while it waits its turn gets its answer; one that
 * waited longer than this is answered with null, since nobody waits for it any more.
 */
export function inTurn<Question, Value>(
  waitMs: DurationMs,
  ask: (question: Question) => Promise<Value>,
): (question: Question) => Promise<Value | null> {
  const waiting = new Map<string, Promise<Value | null>>();
  let last: Promise<unknown> = Promise.resolve();
  return (question) => {
    const name = JSON.stringify(question);
    const asked = waiting.get(name);
    if (asked !== undefined) return asked;
    const askedAt = performance.now();
    const begin = async () => {
      waiting.delete(name);
      return performance.now() - askedAt > waitMs ? null : ask(question);
    };
    const answer = last.then(begin, begin);
    waiting.set(name, answer);
    last = answer;
    return answer;
  };
}
