import { expect, test } from 'vitest';
import { obstacleOf, type PushFacts } from '#lib/client/alerts/obstacle.ts';

const PHONE: PushFacts = { kind: 'ios', isSecure: true, isInstalled: true, hasPush: true, isDenied: false };

test('nothing stands in the way of an app on the home screen, or of a browser elsewhere', () => {
  expect(obstacleOf(PHONE)).toBeNull();
  expect(obstacleOf({ ...PHONE, kind: 'desktop', isInstalled: false })).toBeNull();
});

test('the first thing that is to be mended is told', () => {
  const all: PushFacts = { kind: 'ios', isSecure: false, isInstalled: false, hasPush: false, isDenied: true };
  expect(obstacleOf(all)).toBe('insecure');
  expect(obstacleOf({ ...all, isSecure: true })).toBe('not-installed');
  expect(obstacleOf({ ...all, isSecure: true, isInstalled: true })).toBe('no-push');
  expect(obstacleOf({ ...PHONE, isDenied: true })).toBe('denied');
});
