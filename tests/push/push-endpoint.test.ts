import { expect, test } from 'vitest';
import { isPushEndpoint } from '#lib/push/push-endpoint.ts';

test.each([
  'https://web.push.apple.com/QGuQyavXutnMH',
  'https://api.sandbox.push.apple.com/3/device/1',
  'https://fcm.googleapis.com/fcm/send/abc:def',
  'https://updates.push.services.mozilla.com/wpush/v2/gAAAA',
  'https://wns2-par02p.notify.windows.com/w/?token=BQYAAAA',
])('%s is of a push service', (endpoint) => {
  expect(isPushEndpoint(endpoint, [])).toBe(true);
});

test.each([
  'http://web.push.apple.com/QGuQ',
  'https://web.push.apple.com.evil.example/QGuQ',
  'https://evilpush.apple.com/QGuQ',
  'https://web.push.apple.com:8443/QGuQ',
  'https://me:secret@web.push.apple.com/QGuQ',
  'https://fcm.googleapis.com@127.0.0.1/',
  'https://127.0.0.1:8765/',
  'https://169.254.169.254/latest/meta-data',
  'https://localhost/',
  'file:///etc/passwd',
  'web.push.apple.com',
  '',
])('%s is asked for nothing', (endpoint) => {
  expect(isPushEndpoint(endpoint, ['push.example.com'])).toBe(false);
});

test('the owner can name others, by their host and, where it is not 443, their port', () => {
  const further = ['push.example.com', '127.0.0.1:4443'];
  expect(isPushEndpoint('https://push.example.com/1', further)).toBe(true);
  expect(isPushEndpoint('https://127.0.0.1:4443/1', further)).toBe(true);
  expect(isPushEndpoint('https://push.example.com:8443/1', further)).toBe(false);
  expect(isPushEndpoint('http://push.example.com/1', further)).toBe(false);
});
