import { expect, test } from 'vitest';
import { tellDelivery, tellObstacle, tellPreferences, tellTest } from '#lib/client/alerts/alert-words.ts';
import { USUAL_PREFERENCES } from '#lib/domain/alert.ts';
import { MINUTE } from '#lib/domain/time.ts';

const NOW = new Date(2026, 10, 24, 14, 6).getTime();
const AT_2 = NOW - 4 * MINUTE;

test('how this device is called is one sentence', () => {
  expect(tellPreferences(USUAL_PREFERENCES)).toBe('When it is down, at once.');
  const quiet = { from: '22:00', to: '07:00', timeZone: 'Europe/Berlin' };
  expect(tellPreferences({ ...USUAL_PREFERENCES, level: 'degraded', minimumMs: 5 * MINUTE, quiet })).toBe(
    'When it is down or degraded, after 5 min, not from 22:00 to 07:00.',
  );
});

test('a refused permission on iOS says what only iOS needs', () => {
  expect(tellObstacle('denied', true).todo).toContain('delete Lifeline from the Home Screen and add it again');
  expect(tellObstacle('denied', false).todo).not.toContain('Home Screen');
  expect(tellObstacle('no-push', true).todo).toContain('iOS 16.4');
});

test('how a test alert went is told as the Mac says it, but where the app itself does what is to be done', () => {
  const detail = 'The push service refused it. In its words: it answered 403.';
  expect(tellTest({ outcome: 'refused', detail })).toBe(detail);
  expect(tellTest({ outcome: 'gone', detail: 'Turn alerts off and on again.' })).toMatch(/anew. Send another\.$/);
});

test.each([
  ['none was sent', null, 'none', null, 'It was sent none yet.'],
  ['the last was taken', AT_2, 'taken', 201, 'It took the last one at 14:02.'],
  ['the first was refused', null, 'refused', 403, 'It refused the last one (403).'],
  ['one was refused after one was taken', AT_2, 'refused', 500, 'It refused the last one (500) and took one at 14:02.'],
  ['one was not answered', AT_2, 'unanswered', null, 'It did not answer the last one and took one at 14:02.'],
  ['none was ever answered', null, 'unanswered', null, 'It did not answer the last one.'],
  ['one was taken, then Lifeline was started', AT_2, 'taken', null, 'It took the last one at 14:02.'],
  ['one was refused, then Lifeline was started', null, 'refused', null, 'It did not take the last one.'],
] as const)('a delivery is told where %s', (_fact, lastOkAt, lastTry, lastStatus, words) => {
  expect(tellDelivery({ lastOkAt, lastTry, lastStatus }, 'It', NOW)).toBe(words);
});
