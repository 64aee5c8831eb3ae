import { expect, test } from 'vitest';
import { CAUSES, type Cause } from '#lib/domain/cause.ts';
import { conclude } from '#lib/domain/conclude.ts';
import type { Confidence } from '#lib/domain/diagnosis.ts';
import type { Facts } from '#lib/domain/facts.ts';
import type { Forward } from '#lib/domain/host-facts.ts';
import type { Failed } from '#lib/domain/probe.ts';
import { anyProbe } from '#tests/support/any-facts.ts';
import { AT, answered, around, facts, failed } from '#tests/support/facts.ts';
import { fc } from '#tests/support/fast-check.ts';
import { fact, listeners } from '#tests/support/host-facts.ts';

const onLoopback = { kind: 'loopback' } as const;
const onTailnet = { kind: 'tailnet' } as const;
const overHttps = (probe: Failed): Failed => ({
  ...probe,
  target: { kind: 'name', url: 'https://macbook.tail1234.ts.net/health' },
});
const forward = (speaks: Forward['speaks'], to: string) => ({
  forwards: fact<readonly Forward[]>([{ port: 8_000, speaks, to, isPublic: false }]),
});
const unreached = 'error: All connection attempts failed';

const ROWS: readonly (readonly [string, Facts, Cause, Confidence])[] = [
  ['answers in time, Anki there', facts(answered()), 'healthy', 'high'],
  ['answers after 1.3 s', facts(answered({}, { totalMs: 1_300 })), 'slower-than-app', 'high'],
  [
    'is looked up late and answers soon, without Anki',
    facts({
      ...answered({ ankiConnect: unreached, ankiAddon: unreached, ankiRunning: 'not_running' }, { totalMs: 1_300 }),
      timings: { dns: 1_290, tcp: 1, firstByte: 8, download: 1 },
    }),
    'anki-not-running',
    'high',
  ],
  [
    'answers late, and did soon on loopback half a minute ago',
    facts(answered({}, { totalMs: 1_300 }), { loopback: { ...answered({}, onLoopback), startedAt: AT - 30_000 } }),
    'slower-than-app',
    'high',
  ],
  [
    'is another’s and has a name that this machine cannot look up',
    {
      name: failed('dns-failure', 'dns'),
      ownName: false,
      loopback: failed('refused', 'tcp', onLoopback),
      tailnet: failed('refused', 'tcp', onTailnet),
      ...listeners(),
    },
    'dns-failure',
    'medium',
  ],
  [
    'is refused where tailscale serve brings its name to another program',
    facts(failed('refused'), { loopback: answered({}, onLoopback), ...forward('http', 'http://127.0.0.1:3000') }),
    'not-published',
    'high',
  ],
  [
    'is refused by http where tailscale serve speaks https',
    facts(failed('refused'), { loopback: answered({}, onLoopback), ...forward('https', 'http://127.0.0.1:8000') }),
    'not-published',
    'high',
  ],
  [
    'is refused to this machine, and served to the phone by http',
    facts(failed('refused'), { loopback: answered({}, onLoopback), ...forward('http', 'http://127.0.0.1:8000') }),
    'healthy',
    'high',
  ],
  ['answers at the very end of patience', facts(answered({}, { totalMs: 1_000 })), 'healthy', 'high'],
  ['says its own server part is not ok', facts(answered({ server: 'error: boom' })), 'server-error', 'high'],
  [
    'finds neither AnkiConnect nor Anki',
    facts(answered({ ankiConnect: unreached, ankiAddon: unreached, ankiRunning: 'not_running' })),
    'anki-not-running',
    'high',
  ],
  [
    'finds Anki through the bridge, not through AnkiConnect',
    facts(answered({ ankiConnect: unreached })),
    'ankiconnect-missing',
    'high',
  ],
  [
    'says Anki runs, but AnkiConnect does not answer',
    facts(answered({ ankiConnect: 'error_404', ankiAddon: unreached })),
    'ankiconnect-missing',
    'medium',
  ],
  [
    'waits for Anki until its own time-out',
    facts(answered({ ankiConnect: 'error: ' }, { totalMs: 2_010 })),
    'anki-hung',
    'high',
  ],
  ['lacks only the bridge, of an unknown generation', facts(answered({ ankiAddon: unreached })), 'healthy', 'high'],
  [
    'lacks only the bridge and no longer uses it',
    facts(answered({ ankiAddon: unreached }), { generation: { value: 'ankiconnect', at: 0 } }),
    'healthy',
    'high',
  ],
  [
    'lacks the bridge that it reads cards through',
    facts(answered({ ankiAddon: unreached }), { generation: { value: 'bridge', at: 0 } }),
    'bridge-missing',
    'high',
  ],
  [
    'refuses by name and on loopback',
    facts(failed('refused'), { loopback: failed('refused', 'tcp', onLoopback) }),
    'not-running',
    'high',
  ],
  ['refuses by name, nothing else known', facts(failed('refused')), 'not-running', 'medium'],
  ['refuses on another machine', facts(failed('refused'), { here: false }), 'not-running', 'medium'],
  [
    'refuses by name, answers on loopback',
    facts(failed('refused'), { loopback: answered({}, onLoopback) }),
    'loopback-only',
    'high',
  ],
  [
    'refuses by name, answers on loopback and in the tailnet',
    facts(failed('refused'), { loopback: answered({}, onLoopback), tailnet: answered({}, onTailnet) }),
    'inconsistent',
    'low',
  ],
  [
    'its own name leads to another machine, while it answers here',
    facts(failed('refused'), { here: false, ownName: true, loopback: answered({}, onLoopback) }),
    'wrong-address',
    'high',
  ],
  [
    'refuses at its https address, answers on loopback',
    facts(overHttps(failed('refused')), { loopback: answered({}, onLoopback) }),
    'not-published',
    'high',
  ],
  [
    'is gone behind a proxy that answers 502',
    facts(overHttps(failed('wrong-status', 'firstByte', { status: 502 })), {
      loopback: failed('refused', 'tcp', onLoopback),
    }),
    'not-running',
    'high',
  ],
  ['takes the connection and is silent', facts(failed('timeout', 'firstByte')), 'hung', 'medium'],
  [
    'is silent by name and on loopback',
    facts(failed('timeout', 'firstByte'), { loopback: failed('timeout', 'firstByte', onLoopback) }),
    'hung',
    'high',
  ],
  ['stalls in the middle of its answer', facts(failed('timeout', 'download')), 'hung', 'medium'],
  [
    'does not even connect on loopback',
    facts(failed('timeout'), { loopback: failed('timeout', 'tcp', onLoopback) }),
    'hung',
    'medium',
  ],
  [
    'does not connect by name, answers on loopback',
    facts(failed('timeout'), { loopback: answered({}, onLoopback) }),
    'unreachable',
    'high',
  ],
  ['hangs up without an answer', facts(failed('closed-early', 'firstByte')), 'closed-early', 'medium'],
  ['cuts the connection', facts(failed('reset', 'firstByte')), 'closed-early', 'medium'],
  ['breaks off its answer', facts(failed('truncated', 'download')), 'closed-early', 'medium'],
  ['speaks no HTTP', facts(failed('not-http', 'firstByte')), 'malformed', 'medium'],
  ['contradicts its own framing', facts(failed('malformed', 'download')), 'malformed', 'medium'],
  ['sends a flood', facts(failed('too-large', 'download')), 'malformed', 'medium'],
  ['sends a health that cannot be read', facts(failed('bad-body', 'download')), 'malformed', 'medium'],
  ['is a web page', facts(failed('wrong-server', 'download', { status: 200 })), 'wrong-program', 'medium'],
  ['answers 404', facts(failed('wrong-status', 'firstByte', { status: 404 })), 'wrong-program', 'medium'],
  ['sends elsewhere', facts(failed('redirect', 'firstByte', { status: 302 })), 'wrong-program', 'medium'],
  ['answers 503', facts(failed('wrong-status', 'firstByte', { status: 503 })), 'server-error', 'medium'],
  ['has a name that does not exist', facts(failed('not-found', 'dns')), 'name-not-found', 'medium'],
  [
    'has a lost name, and answers here',
    facts(failed('not-found', 'dns'), { loopback: answered({}, onLoopback) }),
    'name-not-found',
    'high',
  ],
  ['cannot be looked up', facts(failed('dns-failure', 'dns')), 'dns-failure', 'medium'],
  ['is looked up for ever', facts(failed('timeout', 'dns')), 'dns-failure', 'medium'],
  ['has no route', facts(failed('unreachable')), 'unreachable', 'medium'],
  [
    'shows an expired certificate',
    facts(failed('bad-certificate', 'tls', { code: 'CERT_HAS_EXPIRED' })),
    'tls',
    'medium',
  ],
  ['speaks no TLS', facts(failed('tls-failure', 'tls')), 'tls', 'medium'],
  ['fails in a way nobody knows', facts(failed('unexplained')), 'unreachable', 'low'],
];

test.each(ROWS)('a server that %s', (_, given, cause, confidence) => {
  expect(conclude(given, around)).toMatchObject({ cause, confidence });
});

const anyProbes: fc.Arbitrary<Facts> = fc.record(
  {
    name: anyProbe('name'),
    loopback: anyProbe('loopback'),
    tailnet: anyProbe('tailnet'),
    here: fc.boolean(),
    ownName: fc.boolean(),
  },
  { requiredKeys: ['name'] },
);

test('every combination of facts has one conclusion, and the same one each time', () => {
  fc.assert(
    fc.property(anyProbes, (given) => {
      const first = conclude(given, around);
      expect(CAUSES).toContain(first.cause);
      expect(conclude(given, around)).toEqual(first);
    }),
  );
});

test('only an answer within patience is ever healthy', () => {
  fc.assert(
    fc.property(anyProbes, (given) => {
      const healthy = conclude(given, around).cause === 'healthy';
      const inTime =
        given.name.outcome === 'answered' && given.name.totalMs <= 1_000 && given.name.health.ankiConnect === 'ok';
      expect(healthy && !inTime).toBe(false);
    }),
  );
});
