import type { Cause } from '#lib/domain/cause.ts';
import type { Confidence } from '#lib/domain/diagnosis.ts';
import type { FactName } from '#lib/domain/facts.ts';
import type { Scene } from './scene.ts';

/** The rows of the decision table, by the names of the network reference §1.5. Those with `L` are Lifeline's own. */
export const ROW_IDS = [
  ...['R01', 'R02', 'R03', 'R03a', 'R04', 'R05', 'R05a', 'R06', 'R06a', 'R07', 'R07a', 'R08', 'R09', 'R10'],
  ...['R11', 'R12', 'R12a', 'R12b', 'R13a', 'R13b', 'R13c', 'R13d', 'R13e', 'R13f', 'R14a', 'R14b', 'R14c'],
  ...['R15', 'R16', 'R17a', 'R17b', 'R18', 'R19', 'R20', 'R21', 'R22', 'R23', 'R24', 'R25', 'R26', 'R27', 'R28'],
  ...['R29', 'R30', 'R31', 'R32', 'R33', 'R34', 'R35', 'R36', 'R36a', 'R37', 'R38', 'R39'],
  ...['L1', 'L2', 'L3', 'L4', 'L5', 'L6'],
] as const;
export type RowId = (typeof ROW_IDS)[number];

/** How the facts speak for a row. */
export type Reading = {
  /** The facts that show it, each of another source; two of them make it as sure as it can be. Never empty. */
  readonly by: readonly FactName[];
  /** The facts that speak against it. One is enough to conclude nothing but that the facts contradict each other. */
  readonly against?: readonly FactName[];
};

/** One row: when these facts are seen, this is the cause. An id comes twice where it can be seen in two ways. */
export type Row = {
  readonly id: RowId;
  readonly cause: Cause;
  /** What is observed, in the words of the reference. */
  readonly observations: string;
  /** The facts it may rest on. */
  readonly needs: readonly FactName[];
  /** How sure it can be at most. */
  readonly most: Confidence;
  /** True where one fact measures the cause itself, as an answer's own words or its time do: it needs no second witness. */
  readonly isDirect?: true;
  /**
   * Where what fails here does not touch the phone: the probe that shows what the phone meets. The row is the answer only
   * when that probe is fine; else the server is judged by it.
   */
  readonly standIn?: 'tailnet' | 'loopback';
  /** Null where the facts do not make this row. What is unknown never speaks for it. */
  readonly reads: (scene: Scene) => Reading | null;
};

/** A reading by those facts that do speak; null when none does. */
export function spokenBy(...facts: readonly (FactName | false)[]): Reading | null {
  const by = facts.filter((fact) => fact !== false);
  return by.length === 0 ? null : { by: [...new Set(by)] };
}
