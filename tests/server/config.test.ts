import { expect, test } from 'vitest';
import { ConfigError, readConfig } from '#lib/server/config.ts';

test('needs nothing: loopback, port 3000, every five seconds', () => {
  expect(readConfig({})).toMatchObject({ host: '127.0.0.1', port: 3_000, probeIntervalMs: 5_000, allowedHosts: [] });
});

test.each([
  ['REVIEW_SERVER_URL', 'macbook:8000'],
  ['REVIEW_SERVER_URL', 'ftp://macbook.tail1234.ts.net'],
  ['REVIEW_SERVER_URL', 'http://me:secret@macbook.tail1234.ts.net'],
  ['ANKI_CONNECT_URL', '127.0.0.1:8765'],
  ['ANKI_CONNECT_URL', 'https://127.0.0.1:8765'],
  ['ANKI_CONNECT_URL', 'http://macbook.tail1234.ts.net:8765'],
  ['ANKI_CONNECT_URL', 'http://127.0.0.1.example:8765'],
  ['PROBE_INTERVAL_MS', '999'],
  ['PROBE_INTERVAL_MS', '5s'],
  ['PORT', '0'],
  ['PORT', '65536'],
  ['START_COMMAND', 'uvicorn app.main:app'],
  ['START_COMMAND', '[]'],
  ['SERVICE_LABEL', 'a; rm -rf /'],
  ['VAPID_SUBJECT', 'me@example.com'],
  ['VAPID_SUBJECT', 'mailto:me@localhost'],
  ['VAPID_SUBJECT', 'mailto:me@macbook.local'],
  ['VAPID_SUBJECT', 'mailto:me'],
  ['VAPID_SUBJECT', 'https://localhost'],
  ['VAPID_SUBJECT', 'https://100.64.0.7'],
  ['VAPID_SUBJECT', 'https://[fd7a:115c:a1e0::1]'],
  ['VAPID_SUBJECT', 'http://macbook.tail1234.ts.net'],
  ['VAPID_SUBJECT', 'https://me:secret@example.com'],
  ['PUSH_HOSTS', 'https://push.example.com'],
  ['PUSH_HOSTS', 'push.example.com/1'],
])('stops at %s=%s, with its name, what was given and what is expected', (name, value) => {
  const read = () => readConfig({ [name]: value });
  expect(read).toThrow(ConfigError);
  expect(read).toThrow(`${name} is ${JSON.stringify(value)}, expected `);
});

test('asks AnkiConnect on this machine only, at its own port unless told another', () => {
  expect(readConfig({}).ankiConnectUrl.href).toBe('http://127.0.0.1:8765/');
  for (const url of ['http://localhost:8766/', 'http://[::1]:8765/', 'http://127.0.0.1:9000/']) {
    expect(readConfig({ ANKI_CONNECT_URL: url }).ankiConnectUrl.href).toBe(url);
  }
});

test('gives AnkiConnect a key only where its owner told one', () => {
  expect(readConfig({ ANKI_CONNECT_KEY: ' k3y ' }).ankiConnectKey).toBe('k3y');
  expect(readConfig({ ANKI_CONNECT_KEY: '' })).not.toHaveProperty('ankiConnectKey');
});

test('names every bad value at once', () => {
  expect(() => readConfig({ PORT: 'x', PROBE_INTERVAL_MS: 'y' })).toThrow(/PROBE_INTERVAL_MS is .*\nPORT is /);
});

test('says to push services who sends, in a way that they take', () => {
  for (const subject of ['https://macbook.tail1234.ts.net', 'https://example.com/contact', 'mailto:you@example.com']) {
    expect(readConfig({ VAPID_SUBJECT: subject }).vapidSubject).toBe(subject);
  }
  expect(readConfig({ PUSH_HOSTS: 'push.example.com, Push.example.org:8443' }).pushHosts).toEqual([
    'push.example.com',
    'push.example.org:8443',
  ]);
});

test('never repeats a secret', () => {
  expect(() => readConfig({ ALERT_WEBHOOK_URL: 'hooks.example.com/hunter2' })).toThrow(
    /^ALERT_WEBHOOK_URL is unusable(?!.*hunter2)/,
  );
  expect(() => readConfig({ LIFELINE_TOKEN: 'hunter2' })).toThrow(/^(?!.*hunter2)/);
  expect(() => readConfig({ ANKI_CONNECT_KEY: 'hunter2'.repeat(1_000) })).toThrow(
    /^ANKI_CONNECT_KEY is too long(?!.*hunter2)/,
  );
});

test('listens beyond loopback only with a token', () => {
  expect(() => readConfig({ HOST: '0.0.0.0' })).toThrow('LIFELINE_TOKEN');
  expect(readConfig({ HOST: '0.0.0.0', LIFELINE_TOKEN: 'a-secret-of-some-length' }).host).toBe('0.0.0.0');
});

test('takes host names as they stand in a Host header, without their port', () => {
  expect(readConfig({ ALLOWED_HOSTS: 'Mac.lan:3000, other.lan' }).allowedHosts).toEqual(['mac.lan', 'other.lan']);
});

test('takes an empty variable as not set', () => {
  expect(readConfig({ REVIEW_SERVER_URL: ' ', PORT: '' })).not.toHaveProperty('reviewServerUrl');
});
