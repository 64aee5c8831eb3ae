import type { Cause } from './cause.ts';
import { CONFIDENCES, type Confidence } from './diagnosis.ts';
import type { FactName, Facts } from './facts.ts';
import { concludeFromProbes } from './probes-alone.ts';
import type { Surroundings } from './remedies.ts';
import type { Reading, Row, RowId } from './rows/row.ts';
import { see } from './rows/scene.ts';
import { TABLE } from './rows/table.ts';

/** A cause, how sure it is, the row of the table that says so, and the facts for and against it. */
export type Conclusion = {
  readonly row: RowId | null;
  readonly cause: Cause;
  readonly confidence: Confidence;
  readonly by: readonly FactName[];
  readonly against: readonly FactName[];
};

/** What the facts come to. Total: every combination of facts has exactly one conclusion. */
export const conclude = (facts: Facts, around: Surroundings): Conclusion => judge(facts, around).conclusion;

/**
 * What the facts come to, and the facts as the phone meets them: where only this machine fails, another probe stands in for
 * the name.
 */
export function judge(facts: Facts, around: Surroundings): { readonly conclusion: Conclusion; readonly met: Facts } {
  const scene = see(facts, around);
  for (const row of TABLE) {
    const reading = row.reads(scene);
    if (reading === null) continue;
    return row.standIn === undefined
      ? { conclusion: read(row, reading), met: facts }
      : judgeStandIn(facts, around, { row, reading, side: row.standIn });
  }
  return { conclusion: concludeFromProbes(scene), met: facts };
}

type StandIn = { readonly row: Row; readonly reading: Reading; readonly side: 'tailnet' | 'loopback' };

function judgeStandIn(facts: Facts, around: Surroundings, { row, reading, side }: StandIn): ReturnType<typeof judge> {
  const { [side]: probe, ...others } = facts;
  if (probe === undefined) return { conclusion: read(row, reading), met: facts };
  const inner = judge({ ...others, name: probe, here: true }, around);
  if (inner.conclusion.cause === 'healthy') return { conclusion: read(row, reading), met: inner.met };
  const asSide = (names: readonly FactName[]) => names.map((name) => (name === 'name' ? side : name));
  const { by, against } = inner.conclusion;
  return { conclusion: { ...inner.conclusion, by: asSide(by), against: asSide(against) }, met: inner.met };
}

/** The rule of confidence: two facts that agree make it high, one medium; a contradiction concludes nothing. */
function read({ id, cause, most, isDirect }: Row, { by, against = [] }: Reading): Conclusion {
  if (against.length > 0) return { row: 'L1', cause: 'inconsistent', confidence: 'low', by, against };
  const earned = isDirect === true || by.length >= 2 ? 'high' : 'medium';
  return { row: id, cause, confidence: lower(earned, most), by, against };
}

const lower = (one: Confidence, other: Confidence): Confidence =>
  CONFIDENCES.indexOf(one) > CONFIDENCES.indexOf(other) ? one : other;
