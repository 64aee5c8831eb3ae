import { type Database, openDatabase } from '#lib/client/kept/database.ts';
import { keysFrom, readText, writeText } from '#lib/client/kept/kept-text.ts';
import { parsed } from '#lib/client/kept/parsed.ts';
import type { Outbox, OutboxEntry } from '#lib/domain/review/outbox.ts';
import { entrySchema, readable } from './stored.ts';

/** One entry of `localStorage` for each grade, so that two windows never overwrite each other's. */
const JOURNAL = 'lifeline.review.grade.v1.';
const STORE = 'grades';

/**
 * Keeps this phone's grades twice, in IndexedDB and in `localStorage`, either of which may fail: what is in one of them is not
 * lost. The copies may differ after a failure; `merge` of the outbox makes one of them.
 */
export type GradeShelf = {
  readonly journal: () => Outbox;
  /** Empty where the database fails. */
  readonly database: () => Promise<Outbox>;
  /** False where neither copy could be written. The journal is written before this returns, the database when it resolves. */
  readonly write: (entries: Outbox) => Promise<boolean>;
  readonly remove: (gradeIds: readonly string[]) => Promise<void>;
  /** Closes the database while nobody looks: iOS ends the process that serves it. */
  readonly rest: () => void;
};

export function openGradeShelf(database: Database = openDatabase('lifeline-grades', [STORE])): GradeShelf {
  return {
    journal: () =>
      readable(
        keysFrom(JOURNAL).map((key) => parsed(readText(key))),
        entrySchema,
      ),
    database: async () => {
      const read = await database.run((opened) => opened.getAll(STORE));
      return readable(read?.value ?? [], entrySchema);
    },
    write: async (entries) => {
      const isInJournal = entries.map(writeEntry).every(Boolean);
      const isInDatabase = await database.run(async (opened) => {
        // Answered once it is on the disk, so that a phone that goes out at once has it.
        const change = opened.transaction(STORE, 'readwrite', { durability: 'strict' });
        await Promise.all([...entries.map((entry) => change.store.put(entry, entry.grade.gradeId)), change.done]);
      });
      return isInJournal || isInDatabase !== null;
    },
    remove: async (gradeIds) => {
      for (const gradeId of gradeIds) writeText(JOURNAL + gradeId, null);
      await database.run(async (opened) => {
        const change = opened.transaction(STORE, 'readwrite');
        await Promise.all([...gradeIds.map((gradeId) => change.store.delete(gradeId)), change.done]);
      });
    },
    rest: () => database.rest(),
  };
}

const writeEntry = (entry: OutboxEntry): boolean => writeText(JOURNAL + entry.grade.gradeId, JSON.stringify(entry));
