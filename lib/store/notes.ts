import type { Note } from '#lib/domain/note.ts';
import { HOUR } from '#lib/domain/time.ts';
import type { Interval } from './history-store.ts';
import { noteOfRow, REMEDY, rowOfNote } from './note-row.ts';
import { orReport } from './parse-row.ts';
import type { Reader } from './read-spans.ts';
import type { Db } from './schema.ts';

/** What comes and goes every few seconds has told its reasons with these; the spans keep every change anyway. */
const MOST_OF_A_CAUSE = 6;
/** Of all causes together, within an hour; then only a cause that was not noted in it is noted still, once. */
const MOST_AN_HOUR = 60;
/** At most 80 MB, and a few MB of what really comes. */
const MOST_NOTES = 10_000;
/** How many notes one reading gives. */
const MOST_READ = 2_000;

/**
 * Keeps a note in place of one of the same moment and thing. Of conclusions an hour holds six of each cause and sixty in all, and
 * beyond those one of each cause that is new in it; others are dropped.
 */
export async function keepNote(db: Db, note: Note): Promise<void> {
  const row = rowOfNote(note);
  if (row.what !== REMEDY && (await wasToldBefore(db, row))) return;
  await db.replaceInto('note').values(row).execute();
}

async function wasToldBefore(db: Db, { at, what }: { at: number; what: string }): Promise<boolean> {
  const { others, alike } = await db
    .selectFrom('note')
    .select(({ fn }) => [
      fn.countAll<number>().as('others'),
      fn.countAll<number>().filterWhere('what', '=', what).as('alike'),
    ])
    .where('at', '>', at - HOUR)
    .where('at', '<=', at)
    .where('what', '!=', REMEDY)
    .where(({ not, and, eb }) => not(and([eb('at', '=', at), eb('what', '=', what)])))
    .executeTakeFirstOrThrow();
  return alike >= MOST_OF_A_CAUSE || (others >= MOST_AN_HOUR && alike > 0);
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
