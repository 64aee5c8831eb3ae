import { expect, test } from 'vitest';
import { conclude } from '#lib/domain/conclude.ts';
import { appShows } from '#lib/domain/phone.ts';
import type { ProbeResult } from '#lib/domain/probe.ts';
import { answered, around, facts, failed } from '#tests/support/facts.ts';

const shows = (name: ProbeResult) => appShows(conclude(facts(name), around).cause, facts(name));

test.each<[string, ProbeResult, number | null, string]>([
  ['refused', failed('refused'), -1004, 'Server unreachable'],
  ['unreachable', failed('unreachable'), -1004, 'Server unreachable'],
  ['silent', failed('timeout', 'firstByte', { totalMs: 5_000 }), -1001, 'Server timeout'],
  ['too slow', answered({}, { totalMs: 1_300 }), -1001, 'Server timeout'],
  ['refused only after its patience', failed('unreachable', 'tcp', { totalMs: 3_056 }), -1001, 'Server timeout'],
  ['without a name', failed('not-found', 'dns'), -1003, 'Server unreachable'],
  ['cut off', failed('reset', 'firstByte'), -1005, 'Server unreachable'],
  ['no HTTP', failed('not-http', 'firstByte'), -1017, 'Server unreachable'],
  ['no TLS', failed('tls-failure', 'tls'), -1200, 'Server unreachable'],
  ['expired', failed('bad-certificate', 'tls', { code: 'CERT_HAS_EXPIRED' }), -1201, 'Server unreachable'],
  [
    'self-signed',
    failed('bad-certificate', 'tls', { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' }),
    -1202,
    'Server unreachable',
  ],
  ['not yet valid', failed('bad-certificate', 'tls', { code: 'CERT_NOT_YET_VALID' }), -1204, 'Server unreachable'],
  ['an HTTP error', failed('wrong-status', 'firstByte', { status: 503 }), null, 'Server unreachable'],
  ['another page with 200', failed('wrong-server', 'download', { status: 200 }), null, 'Connected'],
  ['without Anki', answered({ ankiConnect: 'error: x', ankiRunning: 'not_running' }), null, 'Connected'],
])('the app facing a server that is %s', (_, name, code, caption) => {
  expect(shows(name)).toMatchObject({ code, caption });
});

test('the app shows nothing when a review would work', () => {
  expect(shows(answered())).toBeNull();
});
