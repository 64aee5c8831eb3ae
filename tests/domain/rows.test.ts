import { expect, test } from 'vitest';
import { CAUSES, type Cause } from '#lib/domain/cause.ts';
import { CAUSE_WORDS } from '#lib/domain/cause-words.ts';
import { conclude } from '#lib/domain/conclude.ts';
import { diagnose } from '#lib/domain/diagnose.ts';
import { RUNGS } from '#lib/domain/ladder.ts';
import { LEVELS, levelOf } from '#lib/domain/level.ts';
import { ROW_IDS } from '#lib/domain/rows/row.ts';
import { see } from '#lib/domain/rows/scene.ts';
import { TABLE } from '#lib/domain/rows/table.ts';
import { RUNG_OF } from '#lib/domain/rung-of.ts';
import { around } from '#tests/support/facts.ts';
import { ROW_EXAMPLES } from '#tests/support/row-examples.ts';

test.each(ROW_EXAMPLES.map((example) => [example.row, example.title, example] as const))('%s: %s', (_, __, example) => {
  const { row, facts, cause, confidence, app } = example;
  expect(conclude(facts, around)).toMatchObject({ row, cause, confidence });
  const { appShows, evidence } = diagnose(facts, around);
  if (app === null) expect(appShows).toBeNull();
  else expect(appShows).toMatchObject(app);
  expect(evidence.length).toBeGreaterThan(0);
});

test('every row of the reference has an example', () => {
  const shown = new Set(ROW_EXAMPLES.map(({ row }) => row));
  expect(ROW_IDS.filter((id) => !shown.has(id))).toEqual([]);
});

test('every row of the table is the one that speaks in some example', () => {
  const speaking = new Set(
    ROW_EXAMPLES.map(({ facts }) => TABLE.find((row) => row.reads(see(facts, around)) !== null)?.observations),
  );
  expect(TABLE.map(({ observations }) => observations).filter((each) => !speaking.has(each))).toEqual([]);
});

test('every row of the reference is in the table, and no other', () => {
  expect([...new Set(TABLE.map(({ id }) => id))].sort()).toEqual([...ROW_IDS].sort());
});

test('a row rests on no fact that it does not name', () => {
  for (const { facts, row } of ROW_EXAMPLES) {
    const { by, against } = conclude(facts, around);
    const needs = new Set(TABLE.filter(({ id }) => row === 'L1' || id === row).flatMap((each) => each.needs));
    expect(
      [...by, ...against].filter((fact) => !needs.has(fact)),
      row,
    ).toEqual([]);
  }
});

/** The causes that the probes alone come to, without a row. */
const WITHOUT_ROW: readonly Cause[] = ['healthy', 'no-data', 'dns-failure', 'unreachable', 'not-published'];

test('every cause is said by a row, by the probes alone, or before the first of them', () => {
  const said = new Set<Cause>([...TABLE.map(({ cause }) => cause), ...WITHOUT_ROW]);
  expect(CAUSES.filter((cause) => !said.has(cause))).toEqual([]);
});

test('every cause has words, a level and its place on the ladder', () => {
  for (const cause of CAUSES) {
    expect(CAUSE_WORDS[cause].headline, cause).toMatch(/^\S.*\.$/s);
    expect(CAUSE_WORDS[cause].explanation, cause).toMatch(/^\S.*\.$/s);
    expect(LEVELS).toContain(levelOf(cause));
    expect([...RUNGS, null]).toContain(RUNG_OF[cause]);
    expect(RUNG_OF[cause] === null, cause).toBe(levelOf(cause) === 'ready' || levelOf(cause) === 'no-data');
  }
});
