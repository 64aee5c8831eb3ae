import { describe, expect, test } from 'vitest';
import { phoneBucketsByMoment, phoneFailures, phoneLines } from '#lib/client/phone/phone-series.ts';
import { outageWhen, phoneSentence, phoneText } from '#lib/client/phone/phone-words.ts';
import { type PhoneHistory, phoneHistorySchema } from '#lib/contract/phone.ts';
import { HOUR, MINUTE, SECOND } from '#lib/domain/time.ts';
import { samplePhoneHistory } from '#tests/support/sample-phone-history.ts';

const NOW = new Date(2026, 10, 24, 10, 3).getTime();
const STEP = 5 * MINUTE;

/** Steps of a day, by their number: how long the median took, `-` for failures only; those not named have no sample. */
function measured(steps: Readonly<Record<number, number | '-'>>, bucketMs = STEP): PhoneHistory {
  const from = NOW - 24 * HOUR;
  const buckets = Object.entries(steps).map(([nth, ms]) => ({
    at: from + Number(nth) * bucketMs,
    answered: ms === '-' ? 0 : 20,
    failed: ms === '-' ? 5 : 0,
    ...(ms === '-' ? {} : { p50Ms: ms, p95Ms: ms * 2 }),
  }));
  return {
    window: '24h',
    from,
    to: NOW,
    bucketMs,
    buckets,
    latency: { p50Ms: 40, p95Ms: 90 },
    outages: [],
    servedAt: NOW,
  };
}
const pieces = (history: PhoneHistory) => phoneLines(history, 100).map((points) => points.map(({ ms }) => ms));

test('the sample is what the API may answer', () => {
  expect(phoneHistorySchema.safeParse(samplePhoneHistory('24h', NOW)).error).toBeUndefined();
});

describe('the line phone → Mac', () => {
  test('breaks where the app was not open, and where nothing was answered', () => {
    expect(pieces(measured({ 1: 40, 2: 50, 7: 30, 8: 31, 9: '-', 10: 20 }))).toEqual([[40, 50], [30, 31], [20]]);
  });

  test('stays whole over steps that are shorter than the pause between two requests', () => {
    expect(pieces(measured({ 0: 40, 1: 41, 3: 42, 6: 43, 10: 44 }, 10 * SECOND))).toEqual([[40, 41, 42, 43], [44]]);
  });

  test('is cut at the end of the chart, and says so', () => {
    const [line] = phoneLines(measured({ 1: 40, 2: 400 }), 100);
    expect(line?.map(({ ms, isAbove }) => [ms, isAbove])).toEqual([
      [40, false],
      [100, true],
    ]);
  });

  test('stands in the middle of its step, and never after now', () => {
    const last = (24 * HOUR) / STEP;
    const [[point] = []] = phoneLines(measured({ [last - 1]: 40 }), 100);
    expect(point?.at).toBe(NOW - STEP / 2);
    expect(phoneFailures(measured({ [last]: '-' }))).toEqual([NOW]);
  });
});

test('a step is found by its beginning', () => {
  const history = measured({ 3: 40 });
  expect(phoneBucketsByMoment(history).get(history.from + 3 * STEP)?.p50Ms).toBe(40);
  expect(phoneBucketsByMoment(undefined).size).toBe(0);
});

describe('in words', () => {
  test.each<readonly [string, PhoneHistory, string]>([
    [
      'nothing',
      { ...measured({}), latency: { p50Ms: null, p95Ms: null } },
      'A phone measures its way to the Mac while Lifeline is open on it; nothing yet in this time.',
    ],
    ['answers', measured({ 1: 40 }), 'From the phone half came within 40 ms, 95 % within 90 ms; none went unanswered.'],
    [
      'both',
      measured({ 1: 40, 2: '-' }),
      'From the phone half came within 40 ms, 95 % within 90 ms; 5 of 25 had no answer.',
    ],
    [
      'failures',
      { ...measured({ 2: '-' }), latency: { p50Ms: null, p95Ms: null } },
      'From the phone: 5 of 5 had no answer.',
    ],
  ])('%s', (_, history, sentence) => {
    expect(phoneSentence(history)).toBe(sentence);
  });

  test('a step tells its median and what had no answer', () => {
    expect(phoneText({ at: 0, answered: 3, failed: 2, p50Ms: 45, p95Ms: 90 })).toBe('median 45 ms, 2 without answer');
    expect(phoneText({ at: 0, answered: 3, failed: 0, p50Ms: 45, p95Ms: 90 })).toBe('median 45 ms');
    expect(phoneText(undefined)).toBe('');
  });

  test('an outage tells when it was', () => {
    expect(outageWhen({ from: NOW - 10 * MINUTE, to: NOW - 4 * MINUTE }, NOW)).toBe('09:53–09:59');
    expect(outageWhen({ from: NOW - 10 * MINUTE, to: null }, NOW)).toBe('since 09:53');
    expect(outageWhen({ from: NOW - 10 * MINUTE, to: NOW - 10 * MINUTE + 13_000 }, NOW)).toBe('09:53');
    expect(outageWhen({ from: NOW - 1_450 * MINUTE, to: NOW - 1_450 * MINUTE + 13_000 }, NOW)).toBe('yesterday 09:53');
  });
});
