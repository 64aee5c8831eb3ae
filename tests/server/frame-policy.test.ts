import { expect, test } from 'vitest';
import { framePolicy } from '#lib/server/frame-policy.ts';
import { originOf } from '#lib/server/origin.ts';
import { fc } from '#tests/support/fast-check.ts';

const ORIGIN = 'https://macbook.tail1234.ts.net';
const plain = { origin: ORIGIN, scriptHashes: ['sha256-aaa=', 'sha256-bbb='], scripts: false, remoteImages: false };

const directives = (policy: string) =>
  Object.fromEntries(policy.split('; ').map((directive) => [directive.split(' ')[0], directive.split(' ').slice(1)]));

test('a card may load its files from this origin by its name, run our scripts only, and reach nobody', () => {
  expect(framePolicy(plain).split('; ')).toEqual([
    'sandbox allow-scripts',
    "default-src 'none'",
    "script-src 'sha256-aaa=' 'sha256-bbb='",
    `style-src 'unsafe-inline' ${ORIGIN}/api/review/media/`,
    `img-src ${ORIGIN}/api/review/media/ data: blob:`,
    `media-src ${ORIGIN}/api/review/media/ blob:`,
    `font-src ${ORIGIN}/api/review/media/ data: blob:`,
    "base-uri 'none'",
    "form-action 'none'",
    `frame-ancestors ${ORIGIN}`,
  ]);
});

test('a card whose scripts were allowed runs them, and still reaches nobody', () => {
  const { 'script-src': scripts, ...others } = directives(framePolicy({ ...plain, scripts: true }));
  // With a hash beside it a browser ignores 'unsafe-inline'.
  expect(scripts).toEqual(["'unsafe-inline'", `${ORIGIN}/api/review/media/`]);
  const { 'script-src': _, ...before } = directives(framePolicy(plain));
  expect(others).toEqual(before);
});

test('images of other servers are let in where that was allowed, and nothing else of theirs', () => {
  const { 'img-src': images, ...others } = directives(framePolicy({ ...plain, remoteImages: true }));
  expect(images).toEqual([`${ORIGIN}/api/review/media/`, 'data:', 'blob:', 'https:', 'http:']);
  const { 'img-src': _, ...before } = directives(framePolicy(plain));
  expect(others).toEqual(before);
});

test('without the build no script runs at all', () => {
  expect(directives(framePolicy({ ...plain, scriptHashes: [] }))['script-src']).toEqual(["'none'"]);
});

test('at an IPv6 address, which no browser reads in a policy, it says self', () => {
  const policy = framePolicy({ ...plain, origin: 'http://[::1]:3000' });
  expect(policy).not.toContain('[');
  expect(directives(policy)['img-src']).toEqual(["'self'", 'data:', 'blob:']);
});

test.each([
  [{ host: 'MacBook.tail1234.ts.net', 'x-forwarded-proto': 'https' }, ORIGIN],
  [{ host: 'macbook.tail1234.ts.net:8443', 'x-forwarded-proto': 'https' }, `${ORIGIN}:8443`],
  [{ host: 'macbook.tail1234.ts.net', 'x-forwarded-proto': 'https, http' }, ORIGIN],
  [{ host: '127.0.0.1:3000', 'x-forwarded-proto': 'http' }, 'http://127.0.0.1:3000'],
  [{ host: 'localhost:3000' }, 'http://localhost:3000'],
  [{ host: '[::1]:3000' }, 'http://[::1]:3000'],
])('the origin of %o is %s', (headers, origin) => {
  expect(originOf(new Headers(headers))).toBe(origin);
});

test.each([
  '',
  '*',
  '*.example',
  "mac 'unsafe-inline'",
  'mac; script-src *',
  'mac/..',
  'mac@evil.example',
  'mac:3000:1',
  'data:',
  'mac,evil.example',
])('“%s” in Host is no origin', (host) => {
  expect(originOf(new Headers({ host }))).toBeNull();
});

test('whatever Host says, it adds no source and no directive to a policy', () => {
  fc.assert(
    fc.property(
      fc.stringMatching(/^[\x21-\x7e]([\x20-\x7e]*[\x21-\x7e])?$/),
      fc.stringMatching(/^[a-z:*' ]*$/),
      (host, proto) => {
        const origin = originOf(new Headers({ host, 'x-forwarded-proto': proto }));
        if (origin === null) return;
        const policy = framePolicy({ ...plain, origin });
        expect(policy.split('; ')).toHaveLength(10);
        expect(policy).not.toMatch(/\*|;[^ ]|,/);
        expect(directives(policy)['frame-ancestors']).toHaveLength(1);
      },
    ),
  );
});
