import { describe, expect, test } from 'vitest';
import { ceilingOf, failureMarks, latencyPoints } from '#lib/client/latency-series.ts';
import { phaseMeans, phasePoints } from '#lib/client/phase-series.ts';
import { latencySentence, phasesSentence, uptimeSentence } from '#lib/client/sentences.ts';
import { timeTicks } from '#lib/client/time-ticks.ts';
import { sharesOf, uptimeBlocks } from '#lib/client/uptime-blocks.ts';
import { historySchema } from '#lib/contract/history.ts';
import { HOUR, MINUTE } from '#lib/domain/time.ts';
import { intervalOf, WINDOWS } from '#lib/domain/window.ts';
import { sampleHistory } from '#tests/support/sample-history.ts';

const NOW = new Date(2026, 10, 24, 10, 3).getTime();
const day = sampleHistory('24h', NOW);

test.each(WINDOWS)('the samples of %s are what the API may answer', (window) => {
  expect(historySchema.safeParse(sampleHistory(window, NOW)).error).toBeUndefined();
});

describe('the strip', () => {
  test.each(WINDOWS)('of %s has 48 to 92 blocks and loses no time', (window) => {
    const history = sampleHistory(window, NOW);
    const blocks = uptimeBlocks(history);
    expect(blocks.length).toBeGreaterThanOrEqual(48);
    expect(blocks.length).toBeLessThanOrEqual(92);
    const spent = blocks.flatMap((block) => Object.values(block.spent)).reduce((sum, ms) => sum + ms, 0);
    expect(spent).toBe(history.to - history.from);
  });

  test('shows an outage of a minute in half an hour, without claiming all of it', () => {
    const block = { from: 0, to: 30 * MINUTE, spent: { gap: 0, ready: 29 * MINUTE, degraded: 0, down: MINUTE } };
    const shares = sharesOf(block);
    expect(shares.map(({ state }) => state)).toEqual(['ready', 'down']);
    expect(shares[1]?.share).toBeGreaterThan(0.2);
    expect(shares[1]?.share).toBeLessThan(0.5);
  });

  test('a block in which nothing was measured is all gap', () => {
    const block = { from: 0, to: 1, spent: { gap: 5, ready: 0, degraded: 0, down: 0 } };
    expect(sharesOf(block)).toEqual([{ state: 'gap', share: 1 }]);
  });
});

describe('the latency line', () => {
  test('breaks where nothing was measured and where nothing answered', () => {
    const points = latencyPoints(day, 100);
    for (const { p50, bucket } of points) expect(p50 === null).toBe(bucket.p50Ms === undefined);
    expect(points.some(({ p50 }) => p50 === null)).toBe(true);
  });

  test('stays whole over buckets that are shorter than the pause between two checks', () => {
    const [bucket, ...rest] = day.buckets;
    if (bucket === undefined) throw new Error('no bucket');
    const { p50Ms: _, ...empty } = bucket;
    const points = latencyPoints({ ...day, buckets: [{ ...empty, count: 0 }, ...rest] }, 100);
    expect(points[0]?.bucket).toBe(rest[0]);
  });

  test('a lone outlier leaves the scale to the rest and is marked as above it', () => {
    const buckets = day.buckets.map((bucket, index) => (index === 3 ? { ...bucket, p95Ms: 4_800 } : bucket));
    const ceilingMs = ceilingOf(buckets);
    expect(ceilingMs).toBeLessThan(200);
    const points = latencyPoints({ ...day, buckets }, ceilingMs);
    expect(points[3]).toMatchObject({ above: true, band: [expect.any(Number), ceilingMs] });
    expect(points.filter(({ above }) => above)).toHaveLength(1);
  });

  test('shows how long the app waits as soon as answers come near it', () => {
    const slow = sampleHistory('1h', NOW, { usualMs: 420 });
    expect(ceilingOf(slow.buckets)).toBeGreaterThanOrEqual(1_000);
  });

  test('a failure is marked at its time, in its kind, once', () => {
    const history = sampleHistory('24h', NOW, { down: [{ agoMs: 3 * HOUR, forMs: 20 * MINUTE }] });
    const marks = failureMarks(history);
    expect(marks).toHaveLength(1);
    expect(marks[0]).toMatchObject({ kind: 'down', cause: 'not-running' });
    expect(Math.abs((marks[0]?.from ?? 0) - (NOW - 3 * HOUR))).toBeLessThan(history.bucketMs);
  });

  test('a failed check that was never confirmed is marked as such', () => {
    const calm = sampleHistory('24h', NOW, {});
    const buckets = calm.buckets.map((bucket, index) => (index === 9 ? { ...bucket, causes: { hung: 1 } } : bucket));
    expect(failureMarks({ ...calm, buckets })).toMatchObject([{ kind: 'single', cause: 'hung' }]);
  });
});

describe('the phases', () => {
  test('that were never entered have no mean', () => {
    expect(Object.keys(phaseMeans(day))).toEqual(['dns', 'tcp', 'firstByte', 'download']);
  });

  test('keep their proportions where they are higher than the chart', () => {
    const point = phasePoints(day, 1).find(({ stack }) => stack !== null);
    const { dns = 0, tcp = 0, tls = 0, firstByte = 0, download = 0 } = point?.stack ?? {};
    expect(dns + tcp + tls + firstByte + download).toBeCloseTo(1);
    expect(firstByte).toBeGreaterThan(tcp);
  });
});

describe('the sentences', () => {
  test('say the median, the worst, the outages and what was not counted', () => {
    expect(latencySentence(day)).toMatch(
      /^Half of the answers came within \d+ ms, 95 % within \d+ ms, the slowest \d+ ms\.$/,
    );
    expect(uptimeSentence(day)).toMatch(/2 incidents, 40 min in all\. Not counted: 7 h asleep\.$/);
    expect(phasesSentence(day)).toMatch(/^On average: name lookup .+, download .+ ms\.$/);
  });

  test('say plainly that nothing was measured', () => {
    const empty = sampleHistory('24h', NOW, { asleep: [{ agoMs: 30 * HOUR, forMs: 40 * HOUR }] });
    expect(uptimeSentence(empty)).toBe('Nothing has been measured in this time yet.');
    expect(latencySentence(empty)).toBe('Nothing has been answered in this time yet.');
  });
});

test.each(WINDOWS)('the axis of %s has 2 to 7 labels in order, the last one is now', (window) => {
  const { from, to } = intervalOf(window, NOW);
  const ticks = timeTicks(window, from, to);
  expect(ticks.length).toBeGreaterThanOrEqual(2);
  expect(ticks.length).toBeLessThanOrEqual(7);
  expect(ticks.map(({ place }) => place)).toEqual(ticks.map(({ place }) => place).sort((a, b) => a - b));
  expect(ticks.at(-1)?.label).toBe('now');
});
