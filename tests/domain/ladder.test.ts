import { expect, test } from 'vitest';
import { CAUSES } from '#lib/domain/cause.ts';
import { conclude } from '#lib/domain/conclude.ts';
import { diagnose } from '#lib/domain/diagnose.ts';
import type { Facts } from '#lib/domain/facts.ts';
import { ladderOf } from '#lib/domain/ladder-of.ts';
import { isTailnet } from '#lib/domain/tailnet.ts';
import { AT, answered, around, facts, failed } from '#tests/support/facts.ts';
import { listeners, process, processes } from '#tests/support/host-facts.ts';

const states = (given: Facts, askedFrom: string | null = '100.64.0.9') =>
  ladderOf({ cause: conclude(given, around).cause, facts: given, askedFrom, now: 0 }).map(({ state }) => state);

const anki = (value: NonNullable<Facts['anki']>['value']) => ({ value, at: 0 });
const open = { reach: 'answers', latencyMs: 25, collection: 'open', isReviewing: true } as const;
const onLoopback = { kind: 'loopback' } as const;

test.each<[string, Facts, string[]]>([
  ['a healthy server', facts(answered()), ['ok', 'ok', 'ok', 'ok', 'ok', 'ok', 'ok', 'unknown']],
  [
    'a card on',
    facts(answered(), { anki: anki(open), current: { value: { said: 'card' }, at: 0 } }),
    ['ok', 'ok', 'ok', 'ok', 'ok', 'ok', 'ok', 'ok'],
  ],
  [
    'a server that refuses',
    facts(failed('refused')),
    ['ok', 'ok', 'ok', 'broken', 'not-reached', 'not-reached', 'not-reached', 'not-reached'],
  ],
  [
    'a server that refuses while Anki is fine',
    facts(failed('refused'), { anki: anki(open) }),
    ['ok', 'ok', 'ok', 'broken', 'not-reached', 'ok', 'ok', 'ok'],
  ],
  [
    'a server on loopback only',
    facts(failed('refused'), { loopback: answered({}, onLoopback) }),
    ['ok', 'ok', 'ok', 'broken', 'ok', 'not-reached', 'not-reached', 'not-reached'],
  ],
  [
    'a slow server',
    facts(answered({}, { totalMs: 1_300 })),
    ['ok', 'ok', 'ok', 'ok', 'broken', 'ok', 'ok', 'not-reached'],
  ],
  [
    'a name that does not exist',
    facts(failed('not-found', 'dns')),
    ['ok', 'broken', 'ok', 'not-reached', 'not-reached', 'not-reached', 'not-reached', 'not-reached'],
  ],
  [
    'a closed Anki, of which its add-on is a part',
    facts(answered({ ankiConnect: 'error: x', ankiAddon: 'error: x', ankiRunning: 'not_running' })),
    ['ok', 'ok', 'ok', 'ok', 'ok', 'not-reached', 'broken', 'not-reached'],
  ],
  [
    'a missing bridge',
    facts(answered({ ankiAddon: 'error: x' }), { generation: { value: 'bridge', at: 0 } }),
    ['ok', 'ok', 'ok', 'ok', 'ok', 'broken', 'ok', 'not-reached'],
  ],
  [
    'no review open',
    facts(answered(), { anki: anki({ ...open, isReviewing: false }) }),
    ['ok', 'ok', 'ok', 'ok', 'ok', 'ok', 'ok', 'broken'],
  ],
  [
    'a server that does not say which card is on, while a review is open here',
    facts(answered(), { anki: anki(open), current: { value: { said: 'nothing', came: 'silence' }, at: 0 } }),
    ['ok', 'ok', 'ok', 'ok', 'ok', 'ok', 'ok', 'broken'],
  ],
  [
    'a slow server that does not say which card is on',
    facts(answered({}, { totalMs: 1_300 }), {
      anki: anki(open),
      current: { value: { said: 'nothing', came: 'answer', status: 500 }, at: 0 },
    }),
    ['ok', 'ok', 'ok', 'ok', 'broken', 'ok', 'ok', 'not-reached'],
  ],
  [
    'a server that reaches no AnkiConnect, which answers here',
    facts(answered({ ankiConnect: 'error: x', ankiAddon: 'error: x', ankiRunning: 'not_running' }), {
      anki: anki(open),
    }),
    ['ok', 'ok', 'ok', 'ok', 'ok', 'broken', 'ok', 'ok'],
  ],
])('the chain breaks where it should with %s', (_, given, expected) => {
  expect(states(given)).toEqual(expected);
});

test.each([
  [{}, '100.64.0.9 asked for this page through the tailnet'],
  [{ node: 'iphone' }, 'iphone asked for this page through the tailnet'],
  [{ node: 'iphone', via: 'direct' }, 'iphone asked for this page directly'],
  [{ node: 'iphone', via: 'relay', relay: 'fra' }, 'iphone asked for this page through a relay (fra)'],
  [{ via: 'relay' }, '100.64.0.9 asked for this page through a relay'],
] as const)('names the phone that asks and its way as far as they are told: %j', (asker, detail) => {
  const [first] = ladderOf({ cause: 'healthy', facts: facts(answered()), askedFrom: '100.64.0.9', asker, now: 7 });
  expect(first).toEqual({ rung: 'iphone', state: 'ok', detail, at: 7 });
});

test('claims nothing of the tailnet that gave no sign, nor of a phone that did not ask', () => {
  const silent = facts(answered(), { tailnet: failed('timeout', 'tcp', { kind: 'tailnet', address: '100.64.0.7' }) });
  const quiet = { ...silent, name: { ...silent.name, address: '192.168.1.7' } };
  expect(states(quiet, null).slice(0, 2)).toEqual(['unknown', 'unknown']);
  const refused = facts(answered(), { tailnet: failed('refused', 'tcp', { kind: 'tailnet', address: '100.64.0.7' }) });
  expect(states(refused, null)[1]).toBe('ok');
});

test('says at the break what decided it, and behind it what is known all the same', () => {
  const given = facts(failed('refused'), { listeners: { value: [], at: 7 }, anki: anki({ reach: 'refused' }) });
  const ladder = ladderOf({ cause: 'not-running', facts: given, askedFrom: null, now: 9 });
  expect(ladder[3]).toEqual({ rung: 'port', state: 'broken', detail: 'Nothing listens on port 8000', at: 7 });
  expect(ladder[5]).toEqual({
    rung: 'ankiconnect',
    state: 'not-reached',
    detail: 'AnkiConnect refuses the connection',
    at: 0,
  });
});

test('claims nothing before the first probe', () => {
  const before = ladderOf({ cause: 'no-data', facts: null, askedFrom: null, now: 0 });
  expect(before.map(({ state }) => state)).toEqual([
    'unknown',
    'unknown',
    'ok',
    ...['unknown', 'unknown', 'unknown', 'unknown', 'unknown'],
  ]);
});

test('claims nothing of this machine for a server of another name that it cannot look up', () => {
  const given: Facts = { name: failed('dns-failure', 'dns'), ownName: false };
  const ladder = ladderOf({ cause: 'dns-failure', facts: given, askedFrom: null, now: 0 });
  expect(ladder.find(({ rung }) => rung === 'mac')).toMatchObject({ state: 'not-reached', detail: 'Not reached' });
});

test('tells at the break what decided, by the owner’s own command and clock too', () => {
  const given = facts(failed('refused'), {
    loopback: failed('refused', 'tcp', { kind: 'loopback' }),
    ...listeners(),
    ...processes(process({ command: '/opt/review/python main.py', startedAt: AT - 3_000 })),
  });
  const told = { ...around, startCommand: ['/opt/review/python', 'main.py'] };
  const { cause, evidence } = diagnose(given, told);
  expect(cause).toBe('starting');
  const ladder = ladderOf({ cause, facts: given, around: told, askedFrom: null, now: AT });
  const broken = ladder.find(({ state }) => state === 'broken');
  expect(evidence.map(({ text }) => text)).toContain(broken?.detail);
});

test('has one break for every cause that has one, at its own rung', () => {
  for (const cause of CAUSES) {
    const broken = ladderOf({ cause, facts: facts(failed('refused')), askedFrom: null, now: 0 }).filter(
      ({ state }) => state === 'broken',
    );
    const isWhole = ['healthy', 'no-data', 'magicdns-unused', 'slow-names'].includes(cause);
    expect(broken, cause).toHaveLength(isWhole ? 0 : 1);
  }
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
