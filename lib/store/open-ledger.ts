import type { DatabaseSync } from 'node:sqlite';
import { Kysely } from 'kysely';
import type { Ledger, LedgerEntry } from '#lib/domain/review/ledger.ts';
import { DAY, type EpochMs } from '#lib/domain/time.ts';
import { entryOfRow, type GradeRow, type GradeTable } from './ledger-row.ts';
import { migrate, type Versions } from './migrate.ts';
import { nodeSqliteDialect } from './node-sqlite-dialect.ts';
import { type OnCorruptRow, orReport } from './parse-row.ts';
import { openSqlite, type SqliteFile } from './sqlite-file.ts';
import { StorageError, storageErrorOf } from './storage-error.ts';

export const LEDGER_FILE = 'grades.db';
const FILE: SqliteFile = { name: LEDGER_FILE, synchronous: 'full' };

type Tables = { grade: GradeTable };
type Db = Kysely<Tables>;
/** A ledger's database, where it is, and who is told of a row that cannot be read. */
type Book = { readonly db: Db; readonly where: string; readonly onCorruptRow: OnCorruptRow };

const VERSIONS: Versions = {
  '001-grades': [
    `create table grade (
      place integer primary key, id text not null unique, body text not null, received_at integer not null, intent text,
      outcome text, settled_at integer, reviewed_today integer, undo_asked_at integer, undo_ended_at integer) strict`,
    'create index open_grade on grade (place) where outcome is null',
    'create index undoing_grade on grade (place) where undo_asked_at is not null and undo_ended_at is null',
  ],
};

/** A phone that comes back with a grade after that long is a museum's; the card's log would tell on it all the same. */
const KEPT_MS = 731 * DAY;

const warn: OnCorruptRow = (table, fault) => process.emitWarning(`A damaged row of ${table} was left out: ${fault}`);

/**
 * Opens the ledger in this directory, making both where they are missing, or one in memory (`:memory:`) that outlives nothing.
 * The caller holds the directory by `claimDataDir`. Rejects with a StorageError. A grade is kept for two years. One that
 * cannot be read is left out of lists, which is reported, and to ask for it is a StorageError: it is not taken anew.
 */
export async function openLedger(dataDir: string, onCorruptRow: OnCorruptRow = warn): Promise<Ledger> {
  const sqlite = openSqlite(dataDir, FILE);
  const db = new Kysely<Tables>({ dialect: nodeSqliteDialect(sqlite) });
  const where = whereIs(sqlite);
  const told = <T>(asked: Promise<T>): Promise<T> =>
    asked.catch((error: unknown) => {
      throw storageErrorOf(error, where) ?? error;
    });
  await told(migrate(db, where, VERSIONS)).catch(async (error: unknown) => {
    await db.destroy();
    throw error;
  });
  const ledger = ledgerOn({ db, where, onCorruptRow });
  return {
    find: (gradeId) => told(ledger.find(gradeId)),
    receive: (grade, at) => told(ledger.receive(grade, at)),
    intend: (gradeId, intent) => told(ledger.intend(gradeId, intent)),
    withdraw: (gradeId) => told(ledger.withdraw(gradeId)),
    settle: (gradeId, end) => told(ledger.settle(gradeId, end)),
    askUndo: (gradeId, at) => told(ledger.askUndo(gradeId, at)),
    endUndo: (gradeId, at) => told(ledger.endUndo(gradeId, at)),
    open: () => told(ledger.open()),
    undoing: () => told(ledger.undoing()),
    newest: (limit) => told(ledger.newest(limit)),
    close: () => told(ledger.close()),
  };
}

const whereIs = (sqlite: DatabaseSync): string => sqlite.location() ?? 'The memory';

function ledgerOn(book: Book): Ledger {
  const { db } = book;
  const change = async (gradeId: string, columns: Partial<Omit<GradeRow, 'place'>>) => {
    const { numUpdatedRows } = await db
      .updateTable('grade')
      .set(columns)
      .where('id', '=', gradeId)
      .executeTakeFirstOrThrow();
    if (numUpdatedRows !== 1n) throw new RangeError(`There is no grade ${gradeId}.`);
  };
  const grades = () => db.selectFrom('grade').selectAll();
  return {
    find: (gradeId) => find(book, gradeId),
    async receive(grade, at) {
      await db
        .insertInto('grade')
        .values({ id: grade.gradeId, body: JSON.stringify(grade), received_at: at })
        .onConflict((conflict) => conflict.column('id').doNothing())
        .execute();
      await forgetTwo(db, at - KEPT_MS);
      const kept = await find(book, grade.gradeId);
      if (kept === null) throw new RangeError(`The grade ${grade.gradeId} was not kept.`);
      return kept;
    },
    intend: (gradeId, intent) => change(gradeId, { intent: JSON.stringify(intent) }),
    withdraw: (gradeId) => change(gradeId, { intent: null }),
    settle: (gradeId, { outcome, at, reviewedToday }) =>
      change(gradeId, { outcome: JSON.stringify(outcome), settled_at: at, reviewed_today: reviewedToday }),
    askUndo: (gradeId, at) => change(gradeId, { undo_asked_at: at }),
    endUndo: (gradeId, at) => change(gradeId, { undo_ended_at: at }),
    open: async () => readable(book, await grades().where('outcome', 'is', null).orderBy('place').execute()),
    undoing: async () =>
      readable(
        book,
        await grades().where('undo_asked_at', 'is not', null).where('undo_ended_at', 'is', null).execute(),
      ),
    newest: async (limit) => readable(book, await grades().orderBy('place', 'desc').limit(limit).execute()),
    close: () => db.destroy(),
  };
}

/** Throws a StorageError where the grade is there and cannot be read. */
async function find({ db, where }: Book, gradeId: string): Promise<LedgerEntry | null> {
  const row = await db.selectFrom('grade').selectAll().where('id', '=', gradeId).executeTakeFirst();
  if (row === undefined) return null;
  try {
    return entryOfRow(row);
  } catch (error) {
    throw new StorageError('corrupt', where, error);
  }
}

const readable = ({ onCorruptRow }: Book, rows: readonly GradeRow[]): readonly LedgerEntry[] =>
  rows.map((row) => orReport('grade', onCorruptRow, () => entryOfRow(row))).filter((entry) => entry !== null);

/** Two at most, so that each grade forgets more than it adds and none waits for it. */
async function forgetTwo(db: Db, before: EpochMs): Promise<void> {
  const eldest = db.selectFrom('grade').selectAll().orderBy('place').limit(2).as('eldest');
  const forgotten = db
    .selectFrom(eldest)
    .select('eldest.place')
    .where('eldest.received_at', '<', before)
    .where('eldest.outcome', 'is not', null);
  await db.deleteFrom('grade').where('place', 'in', forgotten).execute();
}
