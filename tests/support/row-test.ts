import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RowId } from '#lib/domain/rows/row.ts';
import { TABLE } from '#lib/domain/rows/table.ts';
import { type Expected, INTERVAL_MS, type LifelineMachine, lifelineMachine, summaryOf } from './lifeline-machine.ts';
import { canMakeMachines, type Machine, startMachine } from './machine.ts';
import type { Told } from './machine-program.ts';
import { wayOf } from './table-document.ts';

/** A change is confirmed two seconds after the round that sees it first; the rest is for a busy machine. */
const IN_TIME_MS = INTERVAL_MS + 2_000 + 2_500;
const ROW_MS = 60_000;

/**
 * What a row comes to; its id is the row's own. `way`: how the observations begin by which it is seen, where that is not the
 * first way of that row to that cause.
 */
type Outcome = Omit<Expected, 'row'> & { readonly way?: string };
type Produce = (expected: Expected) => Promise<Told>;

/**
 * Produces a row of the decision table for real: what is told in the end is that row and this outcome, or the test fails. The
 * list in docs/diagnosis.md is made of these calls.
 */
export function rowTest(id: RowId, sentence: string, { way, ...outcome }: Outcome, produce: Produce): void {
  test(`${id}: ${sentence}`, { concurrent: false, timeout: ROW_MS }, async () => {
    const expected = { row: id, ...outcome };
    const shown = summaryOf(await produce(expected));
    expect(shown).toMatchObject(expected);
    const ways = TABLE.filter((row) => row.id === id && row.cause === outcome.cause);
    if (ways.length > 1) expect(shown['way']).toBe(wayOf(ways, way)?.observations);
  });
}

/** Another fact about what is produced on a machine, in its turn. */
export function machineTest(sentence: string, body: () => Promise<void>): void {
  test(sentence, { concurrent: false, timeout: ROW_MS }, body);
}

/** A section of rows with a machine of its own, beside the other sections. Skipped where machines cannot be made. */
export function onMachine(title: string, rows: (mac: () => LifelineMachine) => void, alsoNeeds = true): void {
  describe(title, { concurrent: true, skip: !(canMakeMachines && alsoNeeds) }, () => {
    let made: LifelineMachine | undefined;
    beforeAll(async () => {
      made = await lifelineMachine();
    });
    afterAll(() => made?.stop());
    rows(() => made ?? expect.unreachable());
  });
}

/** As `onMachine`, with the phone's machine at the other end of the tailnet. */
export function withPhone(title: string, rows: (mac: () => LifelineMachine, phone: () => Machine) => void): void {
  describe(title, { concurrent: true, skip: !canMakeMachines }, () => {
    let phone: Machine | undefined;
    let made: LifelineMachine | undefined;
    beforeAll(async () => {
      phone = await startMachine();
      made = await lifelineMachine(phone);
    });
    afterAll(async () => {
      await made?.stop();
      await phone?.stop();
    });
    rows(
      () => made ?? expect.unreachable(),
      () => phone ?? expect.unreachable(),
    );
  });
}

/** Breaks what is well and known to be; what is expected must then be shown in time. */
export async function inTime(mac: LifelineMachine, expected: Expected, breakIt: () => Promise<unknown>): Promise<Told> {
  await mac.shows({ cause: 'healthy' });
  const began = Date.now();
  await breakIt();
  const shown = await mac.shows(expected);
  expect(Number(shown['at']) - began).toBeLessThan(IN_TIME_MS);
  return shown;
}
