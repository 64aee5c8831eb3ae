import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import { type Dialect, SqliteAdapter, type SqliteDatabase, SqliteDialect, type SqliteStatement } from 'kysely';

/** Kysely on Node's own SQLite. Every statement is prepared once per text of SQL. */
export function nodeSqliteDialect(sqlite: DatabaseSync): Dialect {
  const dialect = new SqliteDialect({ database: withStatementsKept(sqlite) });
  return {
    createAdapter: () => new TransactionalAdapter(),
    createDriver: () => dialect.createDriver(),
    createIntrospector: (db) => dialect.createIntrospector(db),
    createQueryCompiler: () => dialect.createQueryCompiler(),
  };
}

/** SQLite rolls back changes of the schema like any other, so a migration is all or nothing. */
class TransactionalAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

function withStatementsKept(sqlite: DatabaseSync): SqliteDatabase {
  const kept = new Map<string, SqliteStatement>();
  return {
    close: () => sqlite.close(),
    prepare(sql) {
      const statement = kept.get(sql) ?? statementOf(sqlite, sql);
      kept.set(sql, statement);
      return statement;
    },
  };
}

function statementOf(sqlite: DatabaseSync, sql: string): SqliteStatement {
  if (sql === 'rollback') return rollbackOf(sqlite);
  const statement = sqlite.prepare(sql);
  return {
    reader: statement.columns().length > 0,
    all: (values) => statement.all(...bindable(values)),
    run: (values) => statement.run(...bindable(values)),
    iterate: (values) => statement.iterate(...bindable(values)),
  };
}

/** After a full disk SQLite has rolled back by itself; a second rollback would hide that error behind its own. */
function rollbackOf(sqlite: DatabaseSync): SqliteStatement {
  const run: () => ReturnType<StatementSync['run']> = () => {
    if (sqlite.isTransaction) sqlite.exec('rollback');
    return { changes: 0, lastInsertRowid: 0 };
  };
  return { reader: false, run, all: () => [], iterate: () => [].values() };
}

/** Kysely hands values through as they were given, and ours are typed by the schema: numbers, texts, bytes, null. */
const bindable = (values: readonly unknown[]): SQLInputValue[] => values as SQLInputValue[];
