import { expect } from 'vitest';
import type { Grade, Outcome } from '#lib/domain/review/grading.ts';
import type { Ledger } from '#lib/domain/review/ledger.ts';
import { countIn, type Tally } from './mac.ts';
import type { World } from './world.ts';

/** Rows of a card that the server wrote and nobody took back, beyond one for each grade of it that was sent. */
export function doublesIn({ rows, sent }: World): number {
  const left = new Map<number, number>();
  for (const { row, by, removedBy } of rows.values())
    if (by === 'server' && removedBy === null) left.set(row.cardId, (left.get(row.cardId) ?? 0) + 1);
  for (const { cardId } of sent.values()) left.set(cardId, (left.get(cardId) ?? 0) - 1);
  return [...left.values()].reduce((sum, more) => sum + Math.max(0, more), 0);
}

/** Throws unless, with all settled, every grade has its outcome and every row its grade. Counts the outcomes. */
export async function holdToAccount(world: World, ledger: Ledger, tally: Tally): Promise<void> {
  const ends: { grade: Grade; outcome: Outcome }[] = [];
  for (const [gradeId, grade] of world.sent) {
    const outcome = (await ledger.find(gradeId))?.outcome;
    if (!outcome) throw new Error(`${gradeId} is lost: it has no outcome.`);
    countIn(tally, wordOf(outcome));
    ends.push({ grade, outcome });
  }
  const claimed = new Set<number>();
  for (const { grade, outcome } of ends) if (outcome.status === 'applied') claim(world, claimed, { grade, outcome });
  const twice = ends.filter(({ outcome }) => wordOf(outcome) === 'conflict: twice').map(({ grade }) => grade.cardId);
  expect(unexplained(world, claimed, twice), 'rows of the server that belong to no grade').toEqual([]);
  const foreign = [...world.rows.values()].filter(({ by, removedBy }) => by === 'desktop' && removedBy === 'server');
  expect(foreign, "rows of somebody else's that the server took back").toEqual([]);
  expect(await ledger.open()).toEqual([]);
  expect(await ledger.undoing()).toEqual([]);
  expect(world.outbox().filter(({ stage }) => stage !== 'settled')).toEqual([]);
}

const wordOf = (outcome: Outcome): string => ('why' in outcome ? `${outcome.status}: ${outcome.why}` : outcome.status);

type Applied = { readonly grade: Grade; readonly outcome: Extract<Outcome, { status: 'applied' }> };

function claim({ rows }: World, claimed: Set<number>, { grade: { cardId, ease }, outcome }: Applied): void {
  const id = outcome.revlogId ?? 0;
  expect(rows.get(id)?.row, 'a grade that was counted has a row of its card with its ease').toMatchObject({
    cardId,
    ease,
  });
  expect(claimed, 'a row proves one grade only').not.toContain(id);
  claimed.add(id);
}

/** Rows that the server wrote and that are still there, without those that prove a grade or are one of two. */
function unexplained({ rows }: World, claimed: ReadonlySet<number>, twice: readonly number[]): readonly number[] {
  const left = [...twice];
  const ofServer = [...rows.values()].filter(({ by, removedBy }) => by === 'server' && removedBy === null);
  const isOneOfTwo = (cardId: number) => {
    const place = left.indexOf(cardId);
    if (place >= 0) left.splice(place, 1);
    return place >= 0;
  };
  return ofServer.filter(({ row }) => !claimed.has(row.id) && !isOneOfTwo(row.cardId)).map(({ row }) => row.id);
}
