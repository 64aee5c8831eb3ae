import { expect, test } from 'vitest';
import { glanceOf, serverNow } from '#lib/client/glance.ts';
import { RequestFailure } from '#lib/client/request.ts';
import { freshnessOf, tellTrouble } from '#lib/client/trouble.ts';
import { HOUR, MINUTE, SECOND } from '#lib/domain/time.ts';
import { sampleStatus } from '#tests/support/sample-status.ts';

const NOW = new Date(2026, 10, 24, 14, 6).getTime();
const pictureOf = (
  ...[cause, overrides]: [Parameters<typeof sampleStatus>[0], Parameters<typeof sampleStatus>[2]?]
) => ({
  status: sampleStatus(cause, NOW, overrides),
  receivedAt: NOW,
});
const unreachable = (since: number) => ({ failure: new RequestFailure('unreachable', 'No answer.'), since });

test('a fresh answer is told in the present, with the age of its check', () => {
  expect(glanceOf(pictureOf('healthy'), NOW + SECOND)).toMatchObject({
    freshness: 'live',
    word: 'Ready',
    since: 'For 3 h 12 min, since 10:54.',
    checked: 'Checked 3 s ago.',
  });
});

test('an outage tells since when and for how long', () => {
  expect(glanceOf(pictureOf('not-running'), NOW)).toMatchObject({
    word: 'Down',
    headline: 'The review server is not running.',
    since: 'Since 14:02, 4 min ago.',
  });
});

test('what is older than 15 s is told in the past', () => {
  const picture = pictureOf('healthy');
  expect(glanceOf(picture, NOW + 13 * SECOND).word).toBe('Ready');
  expect(glanceOf(picture, NOW + 14 * SECOND)).toMatchObject({ freshness: 'stale', word: 'Was ready' });
});

test('a monitor that checks once a minute is not stale after half of it', () => {
  const picture = pictureOf('healthy', { monitor: { state: 'ok', intervalMs: MINUTE } });
  expect(glanceOf(picture, NOW + 30 * SECOND).freshness).toBe('live');
});

test('a stalled monitor is never told in the present', () => {
  const picture = pictureOf('healthy', { monitor: { state: 'stalled', intervalMs: 5 * SECOND } });
  expect(glanceOf(picture, NOW)).toMatchObject({ freshness: 'stale', word: 'Was ready' });
});

test('a wrong phone clock changes no age and no time of day', () => {
  const early = { status: sampleStatus('not-running', NOW), receivedAt: NOW - 5 * HOUR };
  expect(serverNow(early, NOW - 5 * HOUR + 2 * SECOND)).toBe(NOW + 2 * SECOND);
  expect(glanceOf(early, NOW - 5 * HOUR)).toEqual(glanceOf(pictureOf('not-running'), NOW));
});

test('after the phone’s clock was set back the age is not known, and the moment is told instead', () => {
  const told = glanceOf(pictureOf('healthy'), NOW - HOUR);
  expect(told).toMatchObject({ freshness: 'stale', word: 'Was ready', checked: 'Checked 14:05.' });
});

test('a change that is not confirmed yet is told instead of the age', () => {
  const picture = pictureOf('healthy', { pending: { level: 'down', since: NOW - SECOND } });
  expect(glanceOf(picture, NOW)).toMatchObject({ word: 'Ready', checked: 'Just now: no answer. Checking again…' });
});

test('before the first round there is no level to speak of', () => {
  expect(glanceOf(pictureOf('no-data'), NOW)).toMatchObject({
    word: 'No data',
    since: 'Lifeline has just started.',
    checked: 'The first check is on its way.',
  });
});

test('an unreachable Mac is told with its time and the time of what is shown', () => {
  const later = NOW + 4 * MINUTE;
  const told = tellTrouble(unreachable(NOW + 2 * MINUTE), pictureOf('healthy', { checkedAt: NOW }), later);
  expect(told).toMatchObject({
    word: 'Was ready',
    headline: 'Mac unreachable since 14:08, showing 14:06.',
    checked: 'Last checked 4 min ago.',
  });
});

test('one lost request is no news while the picture is fresh', () => {
  const feed = { picture: pictureOf('healthy'), trouble: unreachable(NOW), refresh: () => undefined };
  expect(freshnessOf(feed, NOW + 5 * SECOND)).toBe('live');
  expect(freshnessOf(feed, NOW + 20 * SECOND)).toBe('unreachable');
  expect(freshnessOf({ ...feed, trouble: null }, NOW + 20 * SECOND)).toBe('stale');
  expect(freshnessOf({ ...feed, picture: null }, NOW)).toBe('unreachable');
});
