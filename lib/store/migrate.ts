import { type Kysely, sql } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import { StorageError } from './storage-error.ts';

/** The statements of each version of a file, in order of their names; one that has been released never changes. */
export type Versions = Readonly<Record<string, readonly string[]>>;

/** Brings a file to its newest version, each step all or nothing. Throws a StorageError for a file of a newer Lifeline. */
export async function migrate<Tables>(db: Kysely<Tables>, where: string, versions: Versions): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrationsOf(versions) } });
  const { error } = await migrator.migrateToLatest();
  if (error === undefined) return;
  const newer = error instanceof Error && /previously executed migration .* is missing/.test(error.message);
  throw newer ? new StorageError('not-openable', where, new Error('it was written by a newer Lifeline')) : error;
}

const migrationsOf = (versions: Versions): Record<string, Migration> =>
  Object.fromEntries(Object.entries(versions).map(([name, statements]) => [name, running(statements)]));

const running = (statements: readonly string[]): Migration => ({
  async up(db: Kysely<unknown>) {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
});
