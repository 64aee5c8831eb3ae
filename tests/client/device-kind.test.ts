import { expect, test } from 'vitest';
import { deviceKind, deviceLabel } from '#lib/client/device-kind.ts';

const IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 26_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Mobile/15E148 Safari/604.1';
const MAC =
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Safari/605.1.15';
const PIXEL =
  'Mozilla/5.0 (Linux; Android 16) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Mobile Safari/537.36';
const LINUX = 'Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0';

test.each([
  ['an iPhone', IPHONE, 5, 'ios', 'iPhone · Safari'],
  ['an iPad, which calls itself a Mac', MAC, 5, 'ios', 'iPad · Safari'],
  ['a Mac', MAC, 0, 'desktop', 'Mac · Safari'],
  ['an Android phone', PIXEL, 5, 'android', 'Android · Chrome'],
  ['a Linux desktop', LINUX, 0, 'desktop', 'Linux · Firefox'],
  ['something else', 'curl/8', 0, 'desktop', 'Device · browser'],
] as const)('%s is told from the others', (_what, userAgent, maxTouchPoints, kind, label) => {
  expect(deviceKind({ userAgent, maxTouchPoints })).toBe(kind);
  expect(deviceLabel({ userAgent, maxTouchPoints, isOnHomeScreen: false })).toBe(label);
});

test('an app on the home screen is called one', () => {
  expect(deviceLabel({ userAgent: IPHONE, maxTouchPoints: 5, isOnHomeScreen: true })).toBe('iPhone · Home Screen');
});
