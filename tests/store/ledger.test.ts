import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import type { Intent } from '#lib/domain/review/ledger.ts';
import { DAY } from '#lib/domain/time.ts';
import { openHistory } from '#lib/store/open-history.ts';
import { LEDGER_FILE, openLedger } from '#lib/store/open-ledger.ts';
import { HISTORY_FILE } from '#lib/store/sqlite-file.ts';
import { gradeIdOf, madeGrade, NOON } from '#tests/support/made-grade.ts';
import { dataDir } from './data-dir.ts';

const INTENT: Intent = {
  at: NOON,
  gateway: 'anki-connect',
  before: [{ id: 1_763_000_000_000, ease: 3 }],
  profile: 'User 1',
};
const APPLIED = { outcome: { status: 'applied', revlogId: NOON + 40 }, at: NOON + 50, reviewedToday: 7 } as const;
const NEW = { intent: null, outcome: null, settledAt: null, reviewedToday: null, undoAskedAt: null, undoEndedAt: null };

test('a grade goes through its life and is found again by another opening of the file', async () => {
  const dir = dataDir();
  const grade = madeGrade(1);
  const ledger = await openLedger(dir);
  expect(await ledger.find(grade.gradeId)).toBeNull();
  expect(await ledger.receive(grade, NOON)).toEqual({ grade, receivedAt: NOON, ...NEW });
  await ledger.intend(grade.gradeId, INTENT);
  expect(await ledger.open()).toEqual([{ grade, receivedAt: NOON, ...NEW, intent: INTENT }]);
  await ledger.withdraw(grade.gradeId);
  await ledger.intend(grade.gradeId, INTENT);
  await ledger.settle(grade.gradeId, APPLIED);
  await ledger.askUndo(grade.gradeId, NOON + 60);
  expect(await ledger.undoing()).toMatchObject([{ grade, undoAskedAt: NOON + 60 }]);
  await ledger.endUndo(grade.gradeId, NOON + 70);
  expect(await ledger.undoing()).toEqual([]);
  expect(await ledger.open()).toEqual([]);
  await ledger.close();

  const again = await openLedger(dir);
  const { outcome, at: settledAt, reviewedToday } = APPLIED;
  const undone = { undoAskedAt: NOON + 60, undoEndedAt: NOON + 70 };
  const entry = { grade, receivedAt: NOON, intent: INTENT, outcome, settledAt, reviewedToday, ...undone };
  expect(await again.find(grade.gradeId)).toEqual(entry);
  expect(await again.newest(5)).toEqual([entry]);
  await again.close();
});

test('a grade that is there already stays as it is, whatever is sent under its id', async () => {
  const ledger = await openLedger(':memory:');
  await ledger.receive(madeGrade(1), NOON);
  await ledger.settle(gradeIdOf(1), APPLIED);
  const again = await ledger.receive(madeGrade(1, { ease: 1, cardId: 99 }), NOON + DAY);
  expect(again).toMatchObject({ grade: madeGrade(1), receivedAt: NOON, outcome: APPLIED.outcome });
  await ledger.close();
});

test('what is open comes in the order it was received, what is newest the other way round', async () => {
  const ledger = await openLedger(':memory:');
  for (const nth of [3, 1, 2]) await ledger.receive(madeGrade(nth), NOON);
  await ledger.settle(gradeIdOf(1), APPLIED);
  const places = (entries: readonly { grade: { seq: number } }[]) => entries.map(({ grade }) => grade.seq);
  expect(places(await ledger.open())).toEqual([3, 2]);
  expect(places(await ledger.newest(2))).toEqual([2, 1]);
  await ledger.close();
});

test('after two years a settled grade is forgotten, an open one never', async () => {
  const ledger = await openLedger(':memory:');
  await ledger.receive(madeGrade(1), NOON);
  await ledger.receive(madeGrade(2), NOON);
  await ledger.settle(gradeIdOf(1), APPLIED);
  await ledger.receive(madeGrade(3), NOON + 731 * DAY);
  expect(await ledger.find(gradeIdOf(1))).not.toBeNull();
  await ledger.receive(madeGrade(4), NOON + 732 * DAY);
  expect(await ledger.find(gradeIdOf(1))).toBeNull();
  expect(await ledger.find(gradeIdOf(2))).not.toBeNull();
  await ledger.close();
});

test('a grade is in the file before it is acknowledged, and nobody else on the machine can read it', async () => {
  const dir = dataDir();
  const ledger = await openLedger(dir);
  await ledger.receive(madeGrade(1), NOON);
  expect((statSync(join(dir, LEDGER_FILE)).mode & 0o777).toString(8)).toBe('600');
  // Another connection, while the first still holds what a checkpoint would move.
  const sqlite = new DatabaseSync(join(dir, LEDGER_FILE));
  expect(sqlite.prepare('select count(*) as kept from grade').get()).toEqual({ kept: 1 });
  expect(sqlite.prepare('pragma journal_mode').get()).toEqual({ journal_mode: 'wal' });
  sqlite.close();
  await ledger.close();
});

test('a damaged history does not take the grades with it, nor the other way round', async () => {
  const dir = dataDir();
  writeFileSync(join(dir, HISTORY_FILE), 'not a database, but long enough to be read as one'.repeat(50));
  await expect(openHistory(dir)).rejects.toMatchObject({ name: 'StorageError', reason: 'corrupt' });
  const ledger = await openLedger(dir);
  await ledger.receive(madeGrade(1), NOON);
  await ledger.close();
  const other = dataDir();
  writeFileSync(join(other, LEDGER_FILE), 'not a database, but long enough to be read as one'.repeat(50));
  await expect(openLedger(other)).rejects.toMatchObject({ name: 'StorageError', reason: 'corrupt' });
  await (await openHistory(other)).close();
});

test('a row that cannot be read is left out of lists with a word, and is never taken for a new grade', async () => {
  const dir = dataDir();
  const first = await openLedger(dir);
  await first.receive(madeGrade(1), NOON);
  await first.receive(madeGrade(2), NOON);
  await first.close();
  const sqlite = new DatabaseSync(join(dir, LEDGER_FILE));
  sqlite.prepare("update grade set body = replace(body, 'ease', 'eased') where id = ?").run(gradeIdOf(1));
  sqlite.close();
  const faults: string[] = [];
  const ledger = await openLedger(dir, (table) => faults.push(table));
  expect(await ledger.open()).toMatchObject([{ grade: { gradeId: gradeIdOf(2) } }]);
  expect(faults).toEqual(['grade']);
  const refused = { name: 'StorageError', reason: 'corrupt' };
  await expect(ledger.find(gradeIdOf(1))).rejects.toMatchObject(refused);
  await expect(ledger.receive(madeGrade(1), NOON)).rejects.toMatchObject(refused);
  await ledger.close();
});

test('an intent of before profiles were kept is read as one of an unknown profile', async () => {
  const dir = dataDir();
  const first = await openLedger(dir);
  await first.receive(madeGrade(1), NOON);
  await first.intend(gradeIdOf(1), INTENT);
  await first.close();
  const sqlite = new DatabaseSync(join(dir, LEDGER_FILE));
  sqlite.prepare("update grade set intent = json_remove(intent, '$.profile')").run();
  sqlite.close();
  const ledger = await openLedger(dir);
  expect(await ledger.open()).toMatchObject([{ intent: { ...INTENT, profile: null } }]);
  await ledger.close();
});

test('another program that holds the file costs the grade, not the truth: it is told and not taken', async () => {
  const dir = dataDir();
  const ledger = await openLedger(dir);
  await ledger.receive(madeGrade(1), NOON);
  const other = new DatabaseSync(join(dir, LEDGER_FILE));
  other.exec('begin immediate');
  await expect(ledger.receive(madeGrade(2), NOON)).rejects.toMatchObject({ name: 'StorageError', reason: 'busy' });
  other.exec('rollback');
  other.close();
  expect(await ledger.find(gradeIdOf(2))).toBeNull();
  await ledger.close();
});
