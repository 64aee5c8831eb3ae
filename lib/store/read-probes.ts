import type { Counted } from '#lib/domain/bucket.ts';
import type { Measurement } from '#lib/domain/measurement.ts';
import type { EpochMs } from '#lib/domain/time.ts';
import type { Interval } from './history-store.ts';
import { orReport } from './parse-row.ts';
import { COUNTED_COLUMNS, countedOf, IDS_PER_MS, idFrom, measurementOf, measurementSchema, NAME } from './probe-row.ts';
import type { Reader } from './read-spans.ts';

export type CountedAt = Counted & { readonly at: EpochMs };

/** The believed probes at the name in an interval, oldest first. */
export async function readCounted({ db, onCorruptRow }: Reader, { from, to }: Interval): Promise<readonly CountedAt[]> {
  const rows = await db
    .selectFrom('probe')
    .select(COUNTED_COLUMNS)
    .where('id', '>=', idFrom(from))
    .where('id', '<', idFrom(to))
    .where(({ eb, val }) => eb(eb('id', '%', val(IDS_PER_MS)), '=', NAME))
    .where('late', '=', 0)
    .orderBy('id')
    .execute();
  return rows.map((row) => orReport('probe', onCorruptRow, () => countedOf(row))).filter((probe) => probe !== null);
}

const BATCH_ROWS = 500;

/** Kept probes of an interval in order of time, a batch at a time. */
export async function* readMeasurements(reader: Reader, { from, to }: Interval): AsyncGenerator<Measurement> {
  let after = idFrom(from) - 1;
  for (;;) {
    const rows = await batchOf(reader, { after, before: idFrom(to) });
    for (const row of rows) {
      const measurement = orReport('probe', reader.onCorruptRow, () => measurementOf(measurementSchema.parse(row)));
      if (measurement !== null) yield measurement;
    }
    const last = rows.at(-1);
    if (last === undefined || rows.length < BATCH_ROWS) return;
    after = last.id;
  }
}

const batchOf = ({ db }: Reader, { after, before }: { after: number; before: number }) =>
  db
    .selectFrom('probe')
    .leftJoin('words', 'words.id', 'probe.words')
    .selectAll('probe')
    .select('words.body')
    .where('probe.id', '>', after)
    .where('probe.id', '<', before)
    .orderBy('probe.id')
    .limit(BATCH_ROWS)
    .execute();
