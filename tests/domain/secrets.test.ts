import { expect, test } from 'vitest';
import { diagnose } from '#lib/domain/diagnose.ts';
import { describeFacts } from '#lib/domain/evidence.ts';
import type { Facts } from '#lib/domain/facts.ts';
import { ladderOf } from '#lib/domain/ladder-of.ts';
import type { ProbeResult } from '#lib/domain/probe.ts';
import { shortText } from '#lib/domain/short-text.ts';
import { anyFacts } from '#tests/support/any-facts.ts';
import { answered, around, facts, failed } from '#tests/support/facts.ts';
import { fc } from '#tests/support/fast-check.ts';
import { fact, firewall, listeners, log, service, tailscale } from '#tests/support/host-facts.ts';

/** What a server, an add-on or a tool may say of a secret; `planted` is in each. */
const SAYINGS = [
  '401: Incorrect API key provided: sk-proj-AbCd1234plantedEfGh5678',
  'error: OPENAI_API_KEY=planted is not valid',
  'error: {"token": "planted"}',
  'fetch control key: Get "https://login.tailscale.com/a/planted": x',
  'http://grant:planted@127.0.0.1:8765 refused',
  'Authorization: Bearer planted',
  'https://example.com/login?token=planted',
] as const;
const saying = fc.constantFrom(...SAYINGS);

/** The facts with these words wherever others than we put theirs. */
function saidIn(given: Facts, words: string): Facts {
  const spoken = <P extends ProbeResult>(probe: P): P =>
    probe.outcome === 'failed'
      ? { ...probe, detail: words }
      : { ...probe, health: { server: 'ok', ankiAddon: words, ankiConnect: words, ankiRunning: words } };
  return {
    ...given,
    name: spoken(given.name),
    ...(given.loopback === undefined ? {} : { loopback: spoken(given.loopback) }),
    ...(given.tailnet === undefined ? {} : { tailnet: spoken(given.tailnet) }),
    ...log({ error: words, lines: [words] }),
    ...tailscale({ ...given.tailscale?.value, health: [words] }),
    ...firewall({ ...given.firewall?.value, why: words }),
    current: fact({ said: 'error', message: words }),
  };
}

/** Everything that leaves the domain as a sentence. */
function told(given: Facts): string {
  const { cause, story, evidence } = diagnose(given, around);
  const ladder = ladderOf({ cause, facts: given, askedFrom: null, now: 0 });
  return JSON.stringify([story, evidence, describeFacts(given, around), ladder]);
}

test('no secret in anybody’s words is told, in any situation', () => {
  fc.assert(
    fc.property(anyFacts, saying, (given, words) => {
      expect(told(saidIn(given, words))).not.toContain('planted');
    }),
    { numRuns: 1_000 },
  );
});

const crashed = facts(failed('refused'), { ...listeners(), ...service({ lastExit: { code: 1 } }) });

test.each([
  ['the card', facts(answered()), 'The review server says of the card: “401: Incorrect API key provided: sk-***”'],
  ['the health', facts(answered()), '/health says ankiconnect: “401: Incorrect API key provided: sk-***”'],
  ['a log', crashed, 'exited with code 1: 401: Incorrect API key provided: sk-***'],
])('the words around a secret of %s stay', (_, given, sentence) => {
  expect(told(saidIn(given, shortText(SAYINGS[0])))).toContain(sentence);
});

test('a secret across the cut of a long text leaves no beginning of it behind', () => {
  fc.assert(
    fc.property(fc.integer({ min: 150, max: 220 }), (before) => {
      expect(shortText(`${'é'.repeat(before)} sk-proj-planted1234`)).not.toContain('proj');
    }),
  );
  expect(shortText('é'.repeat(900))).toBe('é'.repeat(200));
});
