import { isDeepStrictEqual } from 'node:util';
import { expect } from 'vitest';
import type { Grade, Outcome } from '#lib/domain/review/grading.ts';
import type { Ledger } from '#lib/domain/review/ledger.ts';
import { type EpochMs, MINUTE } from '#lib/domain/time.ts';
import { dayStart } from '#tests/support/anki-day.ts';
import { type CardEvent, countIn, type Tally } from './mac.ts';
import type { World } from './world.ts';

/** Rows of a card that the server wrote and nobody took back, beyond one for each grade of it that was sent. */
export function doublesIn({ rows, sent }: World): number {
  const left = new Map<number, number>();
  for (const { row, by, removedBy } of rows.values())
    if (by === 'server' && removedBy === null) left.set(row.cardId, (left.get(row.cardId) ?? 0) + 1);
  for (const { cardId } of sent.values()) left.set(cardId, (left.get(cardId) ?? 0) - 1);
  return [...left.values()].reduce((sum, more) => sum + Math.max(0, more), 0);
}

/** A grade, what became of it, and what happened to its card from when it was dealt until that was written down. */
type End = {
  readonly grade: Grade;
  readonly outcome: Outcome;
  readonly settledAt: EpochMs;
  readonly meanwhile: readonly CardEvent[];
};

/**
 * Throws unless, with all settled, every press reached its end, every grade that was counted has its row and met the card as it
 * was shown, every other one has a cause, every row has its grade, and the phones know all of it. Counts the outcomes.
 */
export async function holdToAccount(world: World, ledger: Ledger, tally: Tally): Promise<void> {
  const ends = await endsOf(world, ledger);
  for (const { outcome } of ends) countIn(tally, wordOf(outcome));
  const claimed = new Set<number>();
  for (const end of ends) claim(world, claimed, end);
  const causeless = ends.filter((end) => !hasCause(world, end)).map(({ grade, outcome }) => ({ grade, outcome }));
  expect(causeless, 'grades that were refused without a cause').toEqual([]);
  const twice = ends.filter(({ outcome }) => wordOf(outcome) === 'conflict: twice').map(({ grade }) => grade.cardId);
  expect(unexplained(world, claimed, twice), 'rows of the server that belong to no grade').toEqual([]);
  const foreign = [...world.rows.values()].filter(({ by, removedBy }) => by === 'desktop' && removedBy === 'server');
  expect(foreign, "rows of somebody else's that the server took back").toEqual([]);
  expect(await ledger.open()).toEqual([]);
  expect(await ledger.undoing()).toEqual([]);
  holdPhones(world, new Map(ends.map(({ grade, outcome }) => [grade.gradeId, outcome])));
}

async function endsOf({ sent, events, spanOf }: World, ledger: Ledger): Promise<readonly End[]> {
  const ends: End[] = [];
  for (const [gradeId, grade] of sent) {
    const entry = await ledger.find(gradeId);
    if (!entry?.outcome) throw new Error(`${gradeId} is lost: it has no outcome.`);
    const { from, until } = spanOf(gradeId);
    const meanwhile = events.slice(from, until).filter(({ cardId }) => cardId === grade.cardId);
    ends.push({ grade, outcome: entry.outcome, settledAt: entry.settledAt ?? 0, meanwhile });
  }
  return ends;
}

/** Each press is on its phone, where the word of the ledger stands, or it was taken back before it was sent. */
function holdPhones({ outbox, pressed, undoAsked }: World, outcomes: ReadonlyMap<string, Outcome>): void {
  expect(outbox(), 'presses that the phones know').toHaveLength(pressed());
  const wrong = outbox().filter(({ grade, stage, answer }) => {
    const outcome = outcomes.get(grade.gradeId);
    if (outcome === undefined) return answer !== null || !undoAsked.has(grade.gradeId);
    return stage !== 'settled' || !isDeepStrictEqual(answer, outcome);
  });
  expect(wrong, 'grades of which a phone believes something else').toEqual([]);
}

const wordOf = (outcome: Outcome): string => ('why' in outcome ? `${outcome.status}: ${outcome.why}` : outcome.status);

const isForeign = ({ what, by }: CardEvent): boolean => what === 'log' && by === 'desktop';
const hasBeen =
  (...what: readonly CardEvent['what'][]) =>
  ({ meanwhile }: End): boolean =>
    meanwhile.some((event) => what.includes(event.what));

/** What must be true where a grade was not counted; any other word has no cause here. */
const CAUSES: Readonly<Record<string, (end: End) => boolean>> = {
  'conflict: reviewed': hasBeen('log', 'unlog'),
  'conflict: twice': ({ meanwhile }) => meanwhile.some(isForeign),
  'conflict: other-ease': ({ meanwhile, grade }) =>
    meanwhile.some((event) => isForeign(event) && event.row?.ease !== grade.ease),
  gone: hasBeen('remove'),
  'blocked: suspended': hasBeen('suspend'),
  'blocked: buried': hasBeen('bury'),
  'stale: day': ({ grade, settledAt }) => !grade.insist && grade.answeredAt < dayStart(settledAt),
  'stale: learning': ({ grade, settledAt }) =>
    !grade.insist && grade.wasLearning && settledAt - grade.answeredAt > 30 * MINUTE,
};

function hasCause({ undoAsked }: World, end: End): boolean {
  const { status } = end.outcome;
  if (status === 'applied') return true;
  return status === 'undone' ? undoAsked.has(end.grade.gradeId) : (CAUSES[wordOf(end.outcome)]?.(end) ?? false);
}

/** Of a grade that was counted: its row is its own, and of the card as it was when it was dealt. */
function claim({ rows }: World, claimed: Set<number>, { grade, outcome, meanwhile }: End): void {
  if (outcome.status !== 'applied') return;
  const id = outcome.revlogId ?? 0;
  const written = rows.get(id);
  const { cardId, ease } = grade;
  expect(written?.row, 'a grade that was counted has a row of its card with its ease').toMatchObject({ cardId, ease });
  expect(written?.removedBy, 'a row that the server took back is no longer counted').not.toBe('server');
  expect(claimed, 'a row proves one grade only').not.toContain(id);
  claimed.add(id);
  const before = meanwhile.slice(
    0,
    Math.max(
      0,
      meanwhile.findIndex(({ what, row }) => what === 'log' && row?.id === id),
    ),
  );
  expect(newsIn(grade, before), 'reviews that the person who pressed did not know of').toEqual([]);
}

/** Rows that came and stayed, or went. Without a guard only those that came since the card was shown can be told. */
function newsIn({ guard, shownAt }: Grade, before: readonly CardEvent[]): readonly number[] {
  const news = new Map<number, number>();
  for (const { what, row } of before)
    if (row !== null) news.set(row.id, (news.get(row.id) ?? 0) + (what === 'log' ? 1 : -1));
  const isTold = ([id, more]: readonly [number, number]) =>
    more !== 0 && (guard !== null || (more > 0 && id >= shownAt));
  return [...news].filter(isTold).map(([id]) => id);
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
