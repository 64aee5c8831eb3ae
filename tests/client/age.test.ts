import { expect, test } from 'vitest';
import { tellAge } from '#lib/client/age.ts';
import { RequestFailure } from '#lib/client/request.ts';
import { HOUR, MINUTE, SECOND } from '#lib/domain/time.ts';

const NOW = new Date(2026, 10, 24, 14, 6).getTime();
/** Measured 2 s before it was served, and there at once. */
const times = (at: number, phoneIsAhead = 0) => ({
  measuredAt: at - 2 * SECOND,
  servedAt: at,
  receivedAt: at + phoneIsAhead,
});
const silent = (since: number) => ({ failure: new RequestFailure('unreachable', 'No answer.'), since });
const EVERY_MINUTE = { everyMs: MINUTE };

test('what comes in time is live, with the age of what was measured', () => {
  expect(tellAge({ times: times(NOW), trouble: null, ...EVERY_MINUTE }, NOW + 6 * SECOND)).toEqual({
    state: 'live',
    text: 'Live · 8 s ago',
  });
});

test('what should have been renewed is as old as it is', () => {
  expect(tellAge({ times: times(NOW), trouble: null, ...EVERY_MINUTE }, NOW + 12 * MINUTE)).toEqual({
    state: 'stale',
    text: '12 min ago',
  });
});

test('an unreachable Mac is told with since when, and of when what is shown is', () => {
  const seen = { times: times(NOW), trouble: silent(NOW + 4 * MINUTE), ...EVERY_MINUTE };
  expect(tellAge(seen, NOW + 9 * MINUTE)).toEqual({
    state: 'unreachable',
    text: 'Mac unreachable since 14:10, showing 14:05',
  });
});

test('a failure that the next try mends is no news while what is shown is young', () => {
  const seen = { times: times(NOW), trouble: silent(NOW + 20 * SECOND), ...EVERY_MINUTE };
  expect(tellAge(seen, NOW + 22 * SECOND).state).toBe('live');
  expect(tellAge(seen, NOW + 24 * SECOND).state).toBe('unreachable');
  expect(tellAge(seen, NOW + 2 * MINUTE).state).toBe('unreachable');
});

test('a phone whose clock is hours wrong tells the same ages and moments of the Mac', () => {
  for (const ahead of [-5 * HOUR, 5 * HOUR]) {
    const now = NOW + ahead + 12 * MINUTE;
    expect(tellAge({ times: times(NOW, ahead), trouble: null, ...EVERY_MINUTE }, now).text).toBe('12 min ago');
    const told = tellAge({ times: times(NOW, ahead), trouble: silent(now - MINUTE), ...EVERY_MINUTE }, now);
    expect(told.text).toMatch(/, showing 14:05$/);
  }
});

test('after the phone’s clock was set back nothing is called live, and no age is made up', () => {
  expect(tellAge({ times: times(NOW), trouble: null, ...EVERY_MINUTE }, NOW - HOUR)).toEqual({
    state: 'stale',
    text: 'from 14:05',
  });
});
