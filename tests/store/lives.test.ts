import { expect, test } from 'vitest';
import { type Bucket, bucketOf } from '#lib/domain/bucket.ts';
import { durationsOf, stretchesOf } from '#lib/domain/spans.ts';
import { DAY } from '#lib/domain/time.ts';
import { sumDurations } from '#lib/domain/uptime.ts';
import { SHAPES, WINDOWS } from '#lib/domain/window.ts';
import type { Interval } from '#lib/store/history-store.ts';
import { openSqlite } from '#lib/store/sqlite-file.ts';
import { fc } from '#tests/support/fast-check.ts';
import { events, type Life, live } from './lives.ts';

const toMicros = (ms: number) => Math.round(ms * 1_000) / 1_000;

/** What the bucket of an interval must say, recomputed from everything that happened. */
function recomputed({ spans, probes, measuredUntil }: Life, { from, to }: Interval): Bucket {
  const counted = probes
    .filter(({ result }) => result.startedAt >= from && result.startedAt < to)
    .map(({ result, cause }) => ({
      cause,
      answered: result.outcome === 'answered',
      totalMs: result.totalMs,
      timings: Object.fromEntries(Object.entries(result.timings).map(([phase, ms]) => [phase, toMicros(ms)])),
    }));
  return bucketOf(from, durationsOf(stretchesOf(spans, { from, to }, measuredUntil)), counted);
}

const question = fc.record({
  bucketMs: fc.constantFrom(...WINDOWS.map((window) => SHAPES[window].bucketMs)),
  steps: fc.integer({ min: 1, max: 40 }),
  backMs: fc.integer({ min: -DAY, max: 4 * DAY }),
});
const questions = fc.array(question, { minLength: 1, maxLength: 6 });

test('whatever happened, a bucket is what its probes and states make, and all together fill the window', async () => {
  const property = fc.asyncProperty(events, questions, async (all, asked) => {
    const life = await live(openSqlite(':memory:'), all);
    for (const { bucketMs, steps, backMs } of asked) {
      const to = life.now - backMs;
      const from = Math.floor((to - steps * bucketMs) / bucketMs) * bucketMs;
      const { measuredUntil } = life;
      const buckets = await life.store.buckets({ from, to }, { bucketMs, measuredUntil });
      const expected = Array.from({ length: Math.ceil((to - from) / bucketMs) }, (_, k) => from + k * bucketMs);
      expect(buckets).toEqual(expected.map((at) => recomputed(life, { from: at, to: Math.min(at + bucketMs, to) })));
      const { readyMs, degradedMs, downMs, gapMs } = sumDurations(buckets);
      expect(readyMs + degradedMs + downMs + gapMs).toBe(to - from);
    }
    await life.store.close();
  });
  await fc.assert(property, { numRuns: 120 });
}, 60_000);

test('whatever happened, the stretches and the newest moment read back are the ones that were told', async () => {
  const property = fc.asyncProperty(events, questions, async (all, asked) => {
    const life = await live(openSqlite(':memory:'), all);
    const { spans, measuredUntil, probes, store } = life;
    expect(await store.newest()).toEqual({
      span: spans.at(-1) ?? null,
      measuredUntil: probes.length === 0 ? null : measuredUntil,
    });
    expect(await store.spansFor({ from: 0, to: life.now + 1 }, 5)).toEqual(spans.slice(-5).reverse());
    for (const { bucketMs, steps, backMs } of asked) {
      const interval = { from: life.now - backMs - steps * bucketMs, to: life.now - backMs };
      expect(await store.stretches(interval, measuredUntil)).toEqual(stretchesOf(spans, interval, measuredUntil));
    }
    await store.close();
  });
  await fc.assert(property, { numRuns: 120 });
}, 60_000);
