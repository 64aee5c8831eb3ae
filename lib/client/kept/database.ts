import { type IDBPDatabase, openDB } from 'idb';
import { type Guarded, guarded } from './guarded.ts';

/** A database of this phone, opened when it is needed first. */
export type Database = Guarded<IDBPDatabase>;

/**
 * The database of that name, with the stores it lacks made at once; their keys are given with each value. It steps aside when
 * another window brings a newer version.
 */
export const openDatabase = (name: string, stores: readonly string[]): Database =>
  guarded(async (onLost) =>
    openDB(name, 1, {
      upgrade(database) {
        for (const store of stores) if (!database.objectStoreNames.contains(store)) database.createObjectStore(store);
      },
      blocking: onLost,
      terminated: onLost,
    }),
  );
