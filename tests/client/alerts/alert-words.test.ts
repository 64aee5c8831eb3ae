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

test.each([
  [{ outcome: 'sent', detail: '201' }, 'Sent. It should be here in a few seconds.'],
  [{ outcome: 'refused', detail: 'BadJwtToken (403).' }, 'The push service refused it. BadJwtToken (403).'],
  [{ outcome: 'unreachable', detail: '' }, 'The Mac could not reach the push service.'],
] as const)('a test alert that was %j is told', (outcome, words) => expect(tellTest(outcome)).toBe(words));

test.each([
  ['none was sent', { lastOkAt: null, lastStatus: null }, 'It was sent none yet.'],
  ['the last was taken', { lastOkAt: AT_2, lastStatus: 201 }, 'It took the last one at 14:02.'],
  ['the first was refused', { lastOkAt: null, lastStatus: 403 }, 'It refused the last one (403).'],
  [
    'the last was refused and one before taken',
    { lastOkAt: AT_2, lastStatus: 500 },
    'It refused the last one (500) and took one at 14:02.',
  ],
])('a delivery is told where %s', (_fact, delivery, words) => expect(tellDelivery(delivery, 'It', NOW)).toBe(words));
