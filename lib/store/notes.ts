import type { Note } from '#lib/domain/note.ts';
import { HOUR } from '#lib/domain/time.ts';
import type { Interval } from './history-store.ts';
import { noteOfRow, REMEDY, rowOfNote } from './note-row.ts';
import { orReport } from './parse-row.ts';
import type { Reader } from './read-spans.ts';
import type { Db } from './schema.ts';

/** A server that changes its illness every few seconds has told its story with these; the spans keep every change anyway. */
const MOST_AN_HOUR = 60;
/** At most 80 MB, and a few MB of what really comes. */
const MOST_NOTES = 10_000;
/** How many notes one reading gives. */
const MOST_READ = 2_000;

/** Keeps a note in place of one of the same moment and thing. A conclusion past the sixtieth note of an hour is dropped. */
export async function keepNote(db: Db, note: Note): Promise<void> {
  const row = rowOfNote(note);
  if (row.what !== REMEDY && (await othersWithinAnHour(db, row)) >= MOST_AN_HOUR) return;
  await db.replaceInto('note').values(row).execute();
}

async function othersWithinAnHour(db: Db, { at, what }: { at: number; what: string }): Promise<number> {
  const { others } = await db
    .selectFrom('note')
    .select(({ fn }) => fn.countAll<number>().as('others'))
    .where('at', '>', at - HOUR)
    .where('at', '<=', at)
    .where(({ not, and, eb }) => not(and([eb('at', '=', at), eb('what', '=', what)])))
    .executeTakeFirstOrThrow();
  return others;
}

/** The notes of an interval in order of time; of more than 2,000 the newest. */
export async function readNotes({ db, onCorruptRow }: Reader, { from, to }: Interval): Promise<readonly Note[]> {
  const rows = await db
    .selectFrom('note')
    .selectAll()
    .where('at', '>=', from)
    .where('at', '<', to)
    .orderBy('at', 'desc')
    .orderBy('what', 'desc')
    .limit(MOST_READ)
    .execute();
  return rows
    .map((row) => orReport('note', onCorruptRow, () => noteOfRow(row)))
    .filter((note) => note !== null)
    .reverse();
}

/** Where the newest ten thousand notes begin; null while there are no more than that. */
export async function notesBegin(db: Db): Promise<number | null> {
  const row = await db
    .selectFrom('note')
    .select('at')
    .orderBy('at', 'desc')
    .offset(MOST_NOTES - 1)
    .limit(1)
    .executeTakeFirst();
  return row?.at ?? null;
}
