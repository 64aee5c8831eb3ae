import { expect, test } from 'vitest';
import { readConfig } from '#lib/server/config.ts';
import { targetsFor } from '#lib/server/targets.ts';

const none: Parameters<typeof targetsFor>[1] = { name: null, address: null };
const tailnet = { name: 'macbook.tail1234.ts.net', address: '100.64.0.7' };
const urls = (env: Record<string, string>, known = none) => {
  const { name, sides } = targetsFor(readConfig(env), known);
  return [name.url, ...sides.map(({ kind, url }) => `${kind} ${url}`)];
};

test('watches the node’s own name when nothing is configured, with its own addresses beside it', () => {
  expect(urls({}, tailnet)).toEqual([
    'http://macbook.tail1234.ts.net:8000/health',
    'loopback http://127.0.0.1:8000/health',
    'tailnet http://100.64.0.7:8000/health',
  ]);
});

test('falls back to loopback without a tailnet', () => {
  expect(urls({})).toEqual(['http://127.0.0.1:8000/health']);
});

test('keeps to the configured URL, its port and its path', () => {
  expect(urls({ REVIEW_SERVER_URL: 'http://macbook.tail1234.ts.net:9000/anki/' }, tailnet)[0]).toBe(
    'http://macbook.tail1234.ts.net:9000/anki/health',
  );
});

test('looks for the plain server behind an https name on its usual port', () => {
  expect(urls({ REVIEW_SERVER_URL: 'https://macbook.tail1234.ts.net' }, tailnet)).toEqual([
    'https://macbook.tail1234.ts.net/health',
    'loopback http://127.0.0.1:8000/health',
  ]);
});

test('writes an IPv6 tailnet address as a URL needs it', () => {
  expect(urls({}, { ...tailnet, address: 'fd7a:115c:a1e0::1' })).toContain(
    'tailnet http://[fd7a:115c:a1e0::1]:8000/health',
  );
});

test('tells a moment of another day with its day, by this machine’s own calendar', () => {
  const { clock } = targetsFor(readConfig({}), none).around;
  const evening = new Date(2026, 10, 20, 18, 2, 11).getTime();
  expect(clock?.(evening, new Date(2026, 10, 20, 23, 59, 59).getTime())).toBe('18:02:11');
  expect(clock?.(evening, new Date(2026, 10, 21, 0, 0, 1).getTime())).toBe('18:02:11 on Fri 20 Nov');
  expect(clock?.(evening, new Date(2027, 0, 2).getTime())).toBe('18:02:11 on Fri 20 Nov 2026');
});

test('knows its own name', () => {
  expect(targetsFor(readConfig({}), tailnet).ownName).toBe(true);
  expect(targetsFor(readConfig({ REVIEW_SERVER_URL: 'http://other.tail1234.ts.net:8000' }), tailnet).ownName).toBe(
    false,
  );
});
