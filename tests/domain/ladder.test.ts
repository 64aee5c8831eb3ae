import { expect, test } from 'vitest';
import type { Cause } from '#lib/domain/cause.ts';
import { conclude } from '#lib/domain/conclude.ts';
import type { Facts } from '#lib/domain/facts.ts';
import { isTailnet, ladderOf } from '#lib/domain/ladder.ts';
import { answered, around, facts, failed } from '#tests/support/facts.ts';

const states = (given: Facts, askedFrom: string | null = '100.64.0.9') =>
  ladderOf({ cause: conclude(given, around).cause, facts: given, askedFrom, now: 0 }).map(({ state }) => state);

test.each<[string, Facts, string[]]>([
  ['a healthy server', facts(answered()), ['ok', 'ok', 'ok', 'ok', 'ok', 'unknown']],
  ['a server that refuses', facts(failed('refused')), ['ok', 'ok', 'ok', 'broken', 'not-reached', 'not-reached']],
  [
    'a slow server',
    facts(answered({}, { totalMs: 1_300 })),
    ['ok', 'ok', 'ok', 'broken', 'not-reached', 'not-reached'],
  ],
  [
    'a name that does not exist',
    facts(failed('not-found', 'dns')),
    ['ok', 'broken', 'not-reached', 'not-reached', 'not-reached', 'not-reached'],
  ],
  [
    'a closed Anki',
    facts(answered({ ankiConnect: 'error: x', ankiRunning: 'not_running' })),
    ['ok', 'ok', 'ok', 'ok', 'broken', 'not-reached'],
  ],
  [
    'a missing bridge',
    facts(answered({ ankiAddon: 'error: x' }), { generation: { value: 'bridge', at: 0 } }),
    ['ok', 'ok', 'ok', 'ok', 'broken', 'not-reached'],
  ],
])('the chain breaks where it should with %s', (_, given, expected) => {
  expect(states(given)).toEqual(expected);
});

test('claims nothing of the tailnet that gave no sign, nor of a phone that did not ask', () => {
  const silent = facts(answered(), { tailnet: failed('timeout', 'tcp', { kind: 'tailnet', address: '100.64.0.7' }) });
  expect(states(silent, null).slice(0, 2)).toEqual(['unknown', 'unknown']);
  const refused = facts(answered(), { tailnet: failed('refused', 'tcp', { kind: 'tailnet', address: '100.64.0.7' }) });
  expect(states(refused, null)[1]).toBe('ok');
});

test('claims nothing before the first probe', () => {
  const cause: Cause = 'no-data';
  expect(ladderOf({ cause, facts: null, askedFrom: null, now: 0 }).map(({ state }) => state)).toEqual([
    'unknown',
    'unknown',
    'ok',
    'unknown',
    'unknown',
    'unknown',
  ]);
});

test.each([
  ['100.64.0.0', true],
  ['100.127.255.255', true],
  ['100.63.255.255', false],
  ['100.128.0.0', false],
  ['fd7a:115c:a1e0::1', true],
  ['fd7a:115c:a1e1::1', false],
  ['192.168.1.7', false],
])('%s is of the tailnet: %s', (address, expected) => {
  expect(isTailnet(address)).toBe(expected);
});
