import { expect, test } from 'vitest';
import { CAUSES } from '#lib/domain/cause.ts';
import { conclude } from '#lib/domain/conclude.ts';
import { diagnose } from '#lib/domain/diagnose.ts';
import { CONFIDENCES } from '#lib/domain/diagnosis.ts';
import { describeFacts } from '#lib/domain/evidence.ts';
import type { FactName, Facts } from '#lib/domain/facts.ts';
import { RUNGS } from '#lib/domain/ladder.ts';
import { ladderOf } from '#lib/domain/ladder-of.ts';
import { ROW_IDS } from '#lib/domain/rows/row.ts';
import { anyFacts } from '#tests/support/any-facts.ts';
import { around } from '#tests/support/facts.ts';
import { fc } from '#tests/support/fast-check.ts';
import { ROW_EXAMPLES } from '#tests/support/row-examples.ts';

const RUNS = { numRuns: 1_000 };
const sureness = (facts: Facts): number => -CONFIDENCES.indexOf(conclude(facts, around).confidence);

/** What says where to look rather than what is seen there: without it something else is looked at. */
const CONTEXT: ReadonlySet<string> = new Set(['name', 'here', 'ownName', 'forwards']);

/** The examples, each with other facts added and some of its own taken away: nearer to the rows than chance comes. */
const nearAnExample: fc.Arbitrary<Facts> = fc
  .tuple(fc.constantFrom(...ROW_EXAMPLES), anyFacts, fc.infiniteStream(fc.boolean()))
  .map(([{ facts }, others, coin]) => {
    const keep = (entry: [string, unknown]): boolean => entry[0] === 'name' || coin.next().value === true;
    const own = Object.fromEntries(Object.entries(facts).filter(keep));
    const added = Object.fromEntries(Object.entries(others).filter((entry) => entry[0] !== 'name' && keep(entry)));
    return { ...added, ...own, name: facts.name };
  });
const anySituation = fc.oneof(anyFacts, nearAnExample);

test('every combination of facts has one conclusion, and the same one each time', () => {
  fc.assert(
    fc.property(anySituation, (facts) => {
      const first = conclude(facts, around);
      expect(CAUSES).toContain(first.cause);
      expect([...ROW_IDS, null]).toContain(first.row);
      expect(conclude(facts, around)).toEqual(first);
    }),
    RUNS,
  );
});

test('what is unknown proves nothing: a conclusion rests on facts that are there, and on one at least', () => {
  fc.assert(
    fc.property(anySituation, (facts) => {
      const { by, against } = conclude(facts, around);
      expect(by.length).toBeGreaterThan(0);
      for (const fact of [...by, ...against]) expect(facts[fact]).toBeDefined();
      expect(new Set(by).size).toBe(by.length);
    }),
    RUNS,
  );
});

test('to know less never makes the same cause surer', () => {
  fc.assert(
    fc.property(anySituation, fc.nat(), (facts, place) => {
      const { cause, against } = conclude(facts, around);
      const removable = (Object.keys(facts) as FactName[]).filter(
        (fact) => !CONTEXT.has(fact) && !against.includes(fact),
      );
      const gone = removable[place % Math.max(1, removable.length)];
      const { [gone ?? 'loopback']: _, ...less } = facts;
      const after = { ...less, name: facts.name };
      fc.pre(gone !== undefined && conclude(after, around).cause === cause);
      // That the service runs as what listens speaks against a program of somebody else's, and lends the listener no weight.
      fc.pre(gone !== 'service' || cause !== 'wrong-program');
      expect(sureness(after)).toBeLessThanOrEqual(sureness(facts));
    }),
    RUNS,
  );
});

test('facts that contradict each other are told as such, and nothing else is doubted so', () => {
  fc.assert(
    fc.property(anySituation, (facts) => {
      const { cause, row, confidence, against } = conclude(facts, around);
      expect(cause === 'inconsistent').toBe(against.length > 0);
      if (cause === 'inconsistent') expect({ row, confidence }).toEqual({ row: 'L1', confidence: 'low' });
    }),
    RUNS,
  );
});

test('of a server on another machine, this machine’s ports, processes and services say nothing', () => {
  const own = ['listeners', 'processes', 'service', 'restarts', 'log', 'boot', 'load', 'firewall', 'anki', 'bridge'];
  fc.assert(
    fc.property(anySituation, (facts) => {
      const { by, against } = conclude({ ...facts, here: false, ownName: false }, around);
      for (const fact of [...by, ...against]) expect(own).not.toContain(fact);
    }),
    RUNS,
  );
});

test('a diagnosis of anything can be told: evidence first of what decided, remedies, a ladder with one break', () => {
  fc.assert(
    fc.property(anySituation, (facts) => {
      const { cause, evidence, remedies } = diagnose(facts, around);
      const { by } = conclude(facts, around);
      expect(by).toContain(evidence[0]?.fact);
      for (const { text, at } of [...evidence, ...describeFacts(facts)]) {
        expect(text).toMatch(/^\S[^\n]*$/);
        expect(text).not.toContain('undefined');
        expect(at).toBeGreaterThan(0);
      }
      expect(remedies.length > 0).toBe(cause !== 'healthy');
      const ladder = ladderOf({ cause, facts, askedFrom: null, now: 0 });
      expect(ladder.map(({ rung }) => rung)).toEqual(RUNGS);
      expect(ladder.filter(({ state }) => state === 'broken').length).toBeLessThanOrEqual(1);
    }),
    { numRuns: 2_000 },
  );
});
